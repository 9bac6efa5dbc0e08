import { existsSync, readFileSync } from 'node:fs';
import openapiFormat from 'openapi-format';
import { parse } from 'yaml';

/**
 * The description with what changed after it: an OpenAPI overlay (OpenAPI
 * Initiative, "Overlay Specification"). No overlay, no change.
 *
 * @throws Error if a part of the overlay finds nothing to change: then the
 * description has moved on, and the overlay has to follow.
 */
export async function applyOverlay(description, file) {
  if (!existsSync(file)) {
    return description;
  }
  const overlaySet = parse(readFileSync(file, 'utf8'));
  const { data, resultData } = await openapiFormat.openapiOverlay(description, {
    overlaySet,
  });
  const unused = resultData.unusedActions.map(({ target }) => target);
  if (unused.length > 0) {
    throw new Error(
      `${file} changes what the description does not have: ${unused.join(
        ', ',
      )}`,
    );
  }
  return data;
}
