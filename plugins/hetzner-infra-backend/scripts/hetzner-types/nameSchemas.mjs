/**
 * The official description spells every object out wherever it occurs. This
 * moves what occurs under one name, or is the item of a list, to
 * components.schemas, so that the types have names and are written once.
 */
export function nameSchemas(description) {
  const names = namesByShape(description);
  const schemas = {};
  function replace(schema) {
    const name = names.get(shapeOf(schema));
    if (name === undefined) {
      return withoutTitle(mapChildren(schema, replace));
    }
    schemas[name] ??= withoutTitle(mapChildren(schema, replace));
    return { $ref: `#/components/schemas/${name}` };
  }
  const paths = mapChildren(description.paths, replace);
  const given = mapChildren(description.components.schemas, replace);
  const all = { ...given, ...sorted(schemas) };
  return {
    ...description,
    paths,
    components: { schemas: reachable(paths, all) },
  };
}

/** The schemas that the paths refer to, directly or through other schemas. */
function reachable(paths, schemas) {
  const found = new Set();
  const follow = value =>
    visit(value, ({ $ref }) => {
      const name = typeof $ref === 'string' ? $ref.split('/').pop() : undefined;
      if (name !== undefined && !found.has(name)) {
        found.add(name);
        follow(schemas[name]);
      }
    });
  follow(paths);
  return Object.fromEntries(
    Object.entries(schemas).filter(([name]) => found.has(name)),
  );
}

/** Shape (as JSON without titles) to the one name it gets. */
function namesByShape(description) {
  const names = new Map();
  const taken = new Set(Object.keys(description.components.schemas));
  for (const [name, schema] of entities(description.paths)) {
    names.set(shapeOf(schema), name);
    taken.add(name);
  }
  const shapesByTitle = new Map();
  visit(description.paths, schema => {
    if (isObjectSchema(schema) && typeof schema.title === 'string') {
      const shapes = shapesByTitle.get(schema.title) ?? new Map();
      const shape = shapeOf(schema);
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
      shapesByTitle.set(schema.title, shapes);
    }
  });
  for (const [title, shapes] of shapesByTitle) {
    const [[shape, count], ...others] = shapes;
    // A title with two shapes names neither, and one use needs no name.
    const named = others.length === 0 && count > 1;
    if (named && !taken.has(title) && !names.has(shape)) {
      names.set(shape, title);
    }
  }
  return names;
}

/** Each collection's item: `servers` under GET /servers is `Server`. */
function entities(paths) {
  return Object.entries(paths).flatMap(([path, item]) => {
    const collection = path.slice(1);
    const answer =
      item.get?.responses?.['200']?.content?.['application/json']?.schema;
    const list = answer?.properties?.[collection];
    return list?.items ? [[pascalCase(singular(collection)), list.items]] : [];
  });
}

function singular(plural) {
  return plural.replace(/s$/, '');
}

function pascalCase(snake) {
  return snake.replace(/(^|_)([a-z])/g, (_, __, letter) =>
    letter.toUpperCase(),
  );
}

function isObjectSchema(value) {
  return value !== null && typeof value === 'object' && value.type === 'object';
}

/** A text that is the same for schemas that differ in titles and order only. */
function shapeOf(schema) {
  return JSON.stringify(schema, (key, value) => {
    if (key === 'title' && typeof value === 'string') {
      return undefined;
    }
    if (key === 'required' && Array.isArray(value)) {
      return [...value].sort();
    }
    const isObject = value !== null && typeof value === 'object';
    return isObject && !Array.isArray(value) ? sorted(value) : value;
  });
}

function withoutTitle(value) {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const { title, ...rest } = value;
    return typeof title === 'string' ? rest : value;
  }
  return value;
}

function visit(value, visitor) {
  if (value !== null && typeof value === 'object') {
    visitor(value);
    Object.values(value).forEach(child => visit(child, visitor));
  }
}

function mapChildren(value, change) {
  if (Array.isArray(value)) {
    return value.map(change);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, change(child)]),
  );
}

function sorted(object) {
  return Object.fromEntries(
    Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
