import fc from 'fast-check';
import { linkHeader, paginate } from './pagination';
import { parseSortKey, sortBy } from './sorting';

describe('pagination', () => {
  it('shows everything once, page by page', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (all, perPage) => {
          const seen: number[] = [];
          let page: number | null = 1;
          let previous: number | null = null;
          while (page !== null) {
            const shown: ReturnType<typeof paginate<number>> = paginate(
              all,
              page,
              perPage,
            );
            const { next_page: next, last_page: last } = shown.pagination;
            expect(shown.items.length).toBeLessThanOrEqual(perPage);
            expect(shown.pagination).toMatchObject({
              page,
              previous_page: previous,
              total_entries: all.length,
            });
            expect(next === null).toBe(page === last);
            seen.push(...shown.items);
            previous = page;
            page = next;
          }
          expect(seen).toEqual(all);
        },
      ),
    );
  });

  it('says of an empty list that page 1 is the last', () => {
    expect(paginate([], 1, 25)).toEqual({
      items: [],
      pagination: {
        page: 1,
        per_page: 25,
        previous_page: null,
        next_page: null,
        last_page: 1,
        total_entries: 0,
      },
    });
  });

  it('links to the pages around, with the rest of the query', () => {
    const { pagination } = paginate(new Array(60).fill(0), 2, 25);
    const url = new URL('http://host/servers?name=a&page=2');
    expect(linkHeader(url, pagination)).toBe(
      [
        '<http://host/servers?name=a&page=1&per_page=25>; rel="prev"',
        '<http://host/servers?name=a&page=3&per_page=25>; rel="next"',
        '<http://host/servers?name=a&page=3&per_page=25>; rel="last"',
      ].join(', '),
    );
  });
});

describe('sorting', () => {
  const fields = ['id', 'name'] as const;

  it.each([
    ['id', { field: 'id', descending: false }],
    ['name:asc', { field: 'name', descending: false }],
    ['name:desc', { field: 'name', descending: true }],
    ['created', undefined],
    ['id:up', undefined],
    ['id:asc:asc', undefined],
    ['', undefined],
  ])('reads %p', (text, expected) => {
    expect(parseSortKey(text, fields)).toEqual(expected);
  });

  it('orders by the first key and breaks ties by the next', () => {
    const items = fc.array(
      fc.record({ id: fc.nat(3), name: fc.constantFrom('a', 'b', null) }),
    );
    fc.assert(
      fc.property(items, list => {
        const keys = ['name:desc', 'id'].map(
          text => parseSortKey(text, fields)!,
        );
        const sorted = sortBy(list, keys, (item, field) => item[field]);
        expect(sorted).toHaveLength(list.length);
        const inOrder = sorted.slice(1).every((item, index) => {
          const before = sorted[index];
          // Null is the least, so the last when descending.
          const [left, right] = [before.name ?? '', item.name ?? ''];
          return left > right || (left === right && before.id <= item.id);
        });
        expect(inOrder).toBe(true);
      }),
    );
  });
});
