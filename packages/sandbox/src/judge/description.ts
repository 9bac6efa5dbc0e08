import { readFileSync } from 'node:fs';
import { openapiOverlay } from 'openapi-format';
import { parse } from 'yaml';
import { z } from 'zod';

const schema = z.record(z.string(), z.unknown());

const media = z.object({
  content: z
    .object({ 'application/json': z.object({ schema }).optional() })
    .optional(),
});

const operation = z.object({
  operationId: z.string(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.enum(['path', 'query', 'header', 'cookie']),
        required: z.boolean().default(false),
        schema: schema.default({}),
      }),
    )
    .default([]),
  requestBody: media.optional(),
  responses: z.record(z.string(), media),
});

/** What the judge reads of an API description; everything is spelt out in place, without references. */
export const apiDescription = z.object({
  paths: z.record(
    z.string(),
    z.partialRecord(
      z.enum(['get', 'post', 'put', 'delete', 'patch']),
      operation,
    ),
  ),
});

/** A JSON schema within a description. */
export type JsonSchema = z.infer<typeof schema>;

/** An operation within a description. */
export type DescribedOperation = z.infer<typeof operation>;

/** An API description, as far as the judge needs it. */
export type Description = z.infer<typeof apiDescription>;

/**
 * Reads an OpenAPI 3.1 description and applies an OpenAPI Overlay.
 *
 * @throws an error when a file cannot be read, or when an entry of the overlay
 *   finds nothing to change: then it is wrong or the description has caught up
 */
export async function readDescription(
  descriptionFile: string,
  overlayFile: string | undefined,
): Promise<Description> {
  const original = JSON.parse(readFileSync(descriptionFile, 'utf8'));
  if (!overlayFile) return apiDescription.parse(original);
  const overlaySet = parse(readFileSync(overlayFile, 'utf8'));
  const { data, resultData } = await openapiOverlay(original, { overlaySet });
  const unused = (resultData.unusedActions as { target: string }[]).map(
    ({ target }) => target,
  );
  if (unused.length > 0) {
    throw new Error(
      `${overlayFile} has entries that find nothing in ${descriptionFile}: ${unused.join(
        ', ',
      )}`,
    );
  }
  return apiDescription.parse(data);
}
