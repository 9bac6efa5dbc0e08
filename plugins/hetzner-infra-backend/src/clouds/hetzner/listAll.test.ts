import { listAll } from './listAll';

type Page = { servers: { id: number }[]; next: number | null; total?: number };

function setUp(...pages: Page[]) {
  const queries: unknown[] = [];
  const read = async (query: unknown) => {
    queries.push(query);
    const { servers, next, total } = pages.shift()!;
    return {
      servers,
      meta: { pagination: { next_page: next, total_entries: total ?? null } },
    };
  };
  return { queries, list: () => listAll('/servers', { name: 'x' }, read) };
}

const some = (...ids: number[]) => ids.map(id => ({ id }));

describe('listAll', () => {
  it('reads page after page, fifty at a time, with the filters', async () => {
    const { list, queries } = setUp(
      { servers: some(1, 2), next: 2, total: 3 },
      { servers: some(3), next: null, total: 3 },
    );
    expect(await list()).toEqual(some(1, 2, 3));
    expect(queries).toEqual([
      { name: 'x', page: 1, per_page: 50 },
      { name: 'x', page: 2, per_page: 50 },
    ]);
  });

  it('reads again when an item slipped between two pages', async () => {
    const { list } = setUp(
      // 1 goes after the first page is read; 3 moves to it, out of sight.
      { servers: some(1, 2), next: 2, total: 4 },
      { servers: some(4), next: null, total: 3 + 1 },
      { servers: some(2, 3), next: 2, total: 3 },
      { servers: some(4), next: null, total: 3 },
    );
    expect(await list()).toEqual(some(2, 3, 4));
  });

  it('gives an item once that moved to the next page', async () => {
    const { list } = setUp(
      { servers: some(1, 2), next: 2, total: 3 },
      { servers: some(2, 3), next: null, total: 3 },
    );
    expect(await list()).toEqual(some(1, 2, 3));
  });

  it('takes what it has when the collection does not come to rest', async () => {
    const { list, queries } = setUp(
      { servers: some(1), next: null, total: 2 },
      { servers: some(1), next: null, total: 2 },
      { servers: some(1), next: null, total: 2 },
    );
    expect(await list()).toEqual(some(1));
    expect(queries).toHaveLength(3);
  });

  it('does without a count', async () => {
    const { list } = setUp({ servers: some(1), next: null });
    expect(await list()).toEqual(some(1));
  });

  it.each([
    [undefined],
    [{ servers: [] }],
    [{ meta: { pagination: { next_page: null } } }],
    [{ servers: {}, meta: { pagination: { next_page: null } } }],
  ])('refuses %j, which is no page', async answer => {
    await expect(
      listAll('/servers', {}, async () => answer),
    ).rejects.toMatchObject({ code: 'invalid_response' });
  });
});
