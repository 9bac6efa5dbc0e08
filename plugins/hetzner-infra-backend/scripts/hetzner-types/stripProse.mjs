const DROPPED = new Set([
  'default',
  'deprecated',
  'description',
  // Its mapping points at schemas that nameSchemas merges; the enums suffice.
  'discriminator',
  'example',
  'examples',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'externalDocs',
  'format',
  'headers',
  'maxItems',
  'maxLength',
  'maximum',
  'minItems',
  'minLength',
  'minimum',
  'multipleOf',
  'operationId',
  'pattern',
  'readOnly',
  'security',
  'summary',
  'tags',
  'uniqueItems',
  'writeOnly',
]);

/** Keys of these objects are names of the API, not keywords, and all stay. */
const NAMES = new Set(['properties', 'paths', 'schemas', 'responses']);

/**
 * The description with nothing but names and types: no sentences, examples,
 * limits or patterns. Titles stay for nameSchemas, which takes them away.
 */
export function stripProse(description) {
  const { openapi, info, paths, components } = description;
  return {
    openapi,
    info: { title: info.title, version: info.version },
    paths: strip(paths, true),
    components: { schemas: strip(components?.schemas ?? {}, true) },
  };
}

function strip(value, keysAreNames) {
  if (Array.isArray(value)) {
    return value.map(item => strip(item, false));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const kept = Object.entries(value).filter(
    ([key]) => keysAreNames || !(DROPPED.has(key) || key.startsWith('x-')),
  );
  return Object.fromEntries(
    kept.map(([key, item]) => [
      key,
      strip(item, !keysAreNames && NAMES.has(key)),
    ]),
  );
}
