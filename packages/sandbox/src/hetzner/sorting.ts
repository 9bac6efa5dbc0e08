/** One `sort` parameter: a field and its direction. */
export interface SortKey<Field extends string> {
  field: Field;
  descending: boolean;
}

/**
 * Reads one `sort` parameter: `field`, `field:asc` or `field:desc`; undefined
 * for anything else.
 */
export function parseSortKey<Field extends string>(
  text: string,
  fields: readonly Field[],
): SortKey<Field> | undefined {
  const [name, direction = 'asc', ...rest] = text.split(':');
  const field = fields.find(candidate => candidate === name);
  if (!field || rest.length > 0 || !['asc', 'desc'].includes(direction)) {
    return undefined;
  }
  return { field, descending: direction === 'desc' };
}

/** What can be compared; null comes first. */
type Sortable = string | number | null;

/** A sorted copy: by the first key, ties by the next ones, then as it was. */
export function sortBy<Item, Field extends string>(
  items: readonly Item[],
  keys: readonly SortKey<Field>[],
  value: (item: Item, field: Field) => Sortable,
): Item[] {
  return [...items].sort((left, right) => {
    for (const { field, descending } of keys) {
      const order = compare(value(left, field), value(right, field));
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

function compare(left: Sortable, right: Sortable): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}
