import type { DocumentChange } from './schema/openapi';

/**
 * What differs between two documents, place by place, in the order of the
 * younger one. Pure. Lists of things with names (pools) are compared by name,
 * other lists as a whole, because nobody reads "element 2 became 3".
 *
 * @param before - undefined for the first document
 * @param after - undefined when nothing is wanted any more
 */
export function documentChanges(
  before: object | undefined,
  after: object | undefined,
): DocumentChange[] {
  const from = leaves(before);
  const to = leaves(after);
  return [...new Set([...to.keys(), ...from.keys()])]
    .filter(path => from.get(path) !== to.get(path))
    .map(path => ({
      path,
      ...(from.has(path) && { from: from.get(path) }),
      ...(to.has(path) && { to: to.get(path) }),
    }));
}

type Named = { name: string };

function isNamedList(value: unknown): value is Named[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(item => typeof item?.name === 'string')
  );
}

/** Every value at the end of a path, as text; what is absent, null or empty has no text. */
function leaves(document: object | undefined): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (path: string, value: unknown) => {
    if (value === undefined || value === null) return;
    const inner = (name: string) => (path ? `${path}.${name}` : name);
    if (isNamedList(value)) {
      // The name is the path, so that a pool that comes is told even if it has nothing else.
      value.forEach(({ name, ...rest }) => {
        if (Object.keys(rest).length === 0) found.set(inner(name), name);
        walk(inner(name), rest);
      });
    } else if (Array.isArray(value)) {
      if (value.length > 0) found.set(path, value.map(asText).join(', '));
    } else if (typeof value === 'object') {
      Object.entries(value).forEach(([name, of]) => walk(inner(name), of));
    } else {
      found.set(path, asText(value));
    }
  };
  walk('', document);
  // They say how the document is written, not what is wanted.
  found.delete('apiVersion');
  found.delete('kind');
  return found;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
