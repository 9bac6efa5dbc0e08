import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes of compressed JavaScript that hetzner-infra may add to a stock app. */
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
 * What an app has more than a stock one. All pages together: who opens one of
 * them fetches less.
 *
 * @param {{ bytes: number }[]} stock
 * @param {{ bytes: number }[]} whole
 */
export function added(stock, whole) {
  const bytes = total(whole) - total(stock);
  return { bytes, goal: { bytes: GOAL_BYTES, met: bytes < GOAL_BYTES } };
}
