import { z } from 'zod';
import { CloudError } from '../CloudError';
import { ownCodes } from '../ownCodes';
import type { QueryParameters } from './requestUrl';

/** The most that the API gives in one page (Hetzner Cloud API, "Pagination"). */
const PER_PAGE = 50;

/** Objects that come and go while we turn pages shift the rest between them. */
const READINGS = 3;

/** Reads one page of a collection. */
export type ReadPage = (query: QueryParameters) => Promise<unknown>;

const page = z.object({
  meta: z.object({
    pagination: z.object({
      next_page: z.number().nullish(),
      total_entries: z.number().nullish(),
    }),
  }),
});

/**
 * All items of a collection, from all pages. If the collection changed while it
 * was read (the items do not add up to the count that the last page tells), an
 * item can have slipped between two pages, and it is read again.
 */
export async function listAll(
  pathTemplate: string,
  filters: QueryParameters,
  readPage: ReadPage,
): Promise<unknown[]> {
  const key = pathTemplate.slice(1);
  for (let reading = 1; ; reading++) {
    const { items, total } = await readPages(key, filters, readPage);
    if (total === undefined || items.length === total || reading === READINGS) {
      return items;
    }
  }
}

async function readPages(
  key: string,
  filters: QueryParameters,
  readPage: ReadPage,
): Promise<{ items: unknown[]; total?: number }> {
  const items: unknown[] = [];
  const seen = new Set<unknown>();
  for (let number = 1; ; ) {
    const answer = await readPage({
      ...filters,
      page: number,
      per_page: PER_PAGE,
    });
    const list = z.object({ [key]: z.array(z.unknown()) }).safeParse(answer);
    const meta = page.safeParse(answer);
    if (!list.success || !meta.success) {
      throw new CloudError({
        code: ownCodes.invalidResponse,
        message: `Hetzner Cloud: GET /${key} did not answer with a page of ${key}. Check the endpoint and what stands between it and the portal.`,
        outcome: 'unknown',
        operation: { method: 'GET', path: `/${key}` },
      });
    }
    for (const item of list.data[key]) {
      const id = (item as { id?: unknown }).id;
      if (!seen.has(id)) {
        seen.add(id);
        items.push(item);
      }
    }
    const { next_page: next, total_entries: total } = meta.data.meta.pagination;
    if (!next) {
      return { items, total: total ?? undefined };
    }
    number = next;
  }
}
