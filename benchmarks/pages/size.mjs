import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes of compressed JavaScript that the first load of a page may add to a stock app. */
export const GOAL_BYTES = 150_000;

/**
 * Every script of a built app with its size as a browser fetches it.
 *
 * @param {string} folder of the built app's static files
 * @returns {Promise<{ name: string, bytes: number }[]>}
 */
export async function scriptsOf(folder) {
  const names = (await readdir(folder)).filter(name => name.endsWith('.js'));
  return Promise.all(
    names.map(async name => ({
      name,
      bytes: gzipSync(await readFile(path.join(folder, name)), { level: 9 })
        .length,
    })),
  );
}

/** @param {{ bytes: number }[]} scripts */
export const total = scripts =>
  scripts.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * What each page's first load takes more than what a stock app loads for any
 * page at all.
 *
 * @param {{ name: string, path: string }[]} pages
 * @param {number} shell bytes that the stock app loads
 * @param {Map<string, number>} whole bytes by path, in the app with the plugin
 */
export function added(pages, shell, whole) {
  return pages.map(page => {
    const bytes = whole.get(page.path) - shell;
    return { page: page.name, bytes, met: bytes < GOAL_BYTES };
  });
}
