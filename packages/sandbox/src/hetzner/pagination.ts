/** Entries per page when the request names none. */
export const DEFAULT_PER_PAGE = 25;
/** The most entries that a page holds, whatever the request names. */
export const MAX_PER_PAGE = 50;

/** `meta.pagination` of a list answer; every key is always there. */
export interface Pagination {
  page: number;
  per_page: number;
  previous_page: number | null;
  next_page: number | null;
  last_page: number | null;
  total_entries: number | null;
}

/** One page of a list, counted from 1. A page behind the last one is empty. */
export function paginate<Item>(
  all: readonly Item[],
  page: number,
  perPage: number,
): { items: Item[]; pagination: Pagination } {
  const last = Math.max(1, Math.ceil(all.length / perPage));
  return {
    items: all.slice((page - 1) * perPage, page * perPage),
    pagination: {
      page,
      per_page: perPage,
      previous_page: page > 1 ? page - 1 : null,
      next_page: page < last ? page + 1 : null,
      last_page: last,
      total_entries: all.length,
    },
  };
}

/**
 * The `Link` header for a page: where the previous, next and last page are.
 *
 * @param url - the request's own address, with its query
 */
export function linkHeader(url: URL, pagination: Pagination): string {
  const links: [string, number | null][] = [
    ['prev', pagination.previous_page],
    ['next', pagination.next_page],
    ['last', pagination.last_page],
  ];
  return links
    .filter(([, page]) => page !== null)
    .map(([relation, page]) => {
      const target = new URL(url);
      target.searchParams.set('page', String(page));
      target.searchParams.set('per_page', String(pagination.per_page));
      return `<${target}>; rel="${relation}"`;
    })
    .join(', ');
}
