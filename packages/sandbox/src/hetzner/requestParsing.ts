import { z } from 'zod';
import { errors } from './errors';

/**
 * The JSON of a request's body; an empty body is an empty object.
 *
 * @throws ApiError 400 json_error
 */
export function parseBody(raw: unknown): unknown {
  if (typeof raw !== 'string' || raw.trim() === '') return {};
  try {
    return JSON.parse(raw);
  } catch {
    throw errors.jsonError();
  }
}

/**
 * Checks a body or query by its schema.
 *
 * @throws ApiError 422 invalid_input, with the messages of every field
 */
export function parseInput<Output>(
  schema: z.ZodType<Output>,
  input: unknown,
): Output {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = new Map<string, string[]>();
  for (const issue of result.error.issues) {
    const name = issue.path.join('.');
    fields.set(name, [...(fields.get(name) ?? []), issue.message]);
  }
  throw errors.invalidInput(
    [...fields].map(([name, messages]) => ({ name, messages })),
  );
}
