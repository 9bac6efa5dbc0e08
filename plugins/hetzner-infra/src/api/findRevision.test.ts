import type { Revision } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { findRevision } from './findRevision';

const revision = (number: number, previous?: number): Revision => ({
  revision: number,
  ...(previous && { previous }),
  owner: 'group:default/platform',
  document: {} as Revision['document'],
  createdAt: '2026-11-20T08:00:00Z',
  createdBy: 'user:default/guest',
});

/** Number 5 was never kept, and 4 was made from 1. */
const PAGES: Record<string, Revision[]> = {
  first: [revision(7, 6), revision(6, 4)],
  '6': [revision(4, 1), revision(3, 2)],
  '3': [revision(2, 1), revision(1)],
};

function apiWithPages() {
  const listRevisions = jest.fn(async (_name: string, cursor = 'first') => {
    const keys = ['first', '6', '3'];
    const nextCursor = keys[keys.indexOf(cursor) + 1];
    return {
      current: 7,
      items: PAGES[cursor],
      ...(nextCursor && { nextCursor }),
    };
  });
  return { listRevisions };
}

describe('findRevision', () => {
  it.each([
    ['on the first page, with its source there', 7, 6, 1],
    ['whose source is on the next page', 6, 4, 2],
    ['whose source is pages away', 4, 1, 3],
    ['that is the first', 1, undefined, 3],
  ])('finds one %s', async (_, wanted, source, pages) => {
    const api = apiWithPages();
    const found = await findRevision(api, 'shop', wanted);
    expect(found?.revision.revision).toBe(wanted);
    expect(found?.before?.revision).toBe(source);
    expect(api.listRevisions).toHaveBeenCalledTimes(pages);
  });

  it.each([
    ['younger than all', 9, 1],
    ['that was never kept', 5, 2],
    ['older than all', 0, 3],
  ])('knows that there is none %s', async (_, wanted, pages) => {
    const api = apiWithPages();
    expect(await findRevision(api, 'shop', wanted)).toBeNull();
    expect(api.listRevisions).toHaveBeenCalledTimes(pages);
  });
});
