import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

const skipped = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  '.git',
]);

async function* filesUnder(target) {
  const stat = await fs.stat(target).catch(() => undefined);
  if (stat?.isFile()) {
    yield target;
  } else if (stat?.isDirectory()) {
    const entries = await fs.readdir(target, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (!skipped.has(entry.name)) {
        yield* filesUnder(path.join(target, entry.name));
      }
    }
  }
}

/**
 * One hash over files and folders, names included. What is missing counts as absent.
 *
 * @param {string} base folder to which the names are relative
 * @param {string[]} targets paths relative to `base`
 * @param {{ salt?: string, ignore?: (file: string) => boolean }} options
 *   `salt` is hashed too; `ignore` gets paths relative to `base`
 * @returns {Promise<string>} 40 hexadecimal digits
 */
export async function contentHash(base, targets, { salt = '', ignore } = {}) {
  const hash = createHash('sha256').update(salt);
  for (const target of [...targets].sort()) {
    for await (const file of filesUnder(path.join(base, target))) {
      const name = path.relative(base, file);
      if (!ignore?.(name)) {
        hash.update(`\0${name}\0`).update(await fs.readFile(file));
      }
    }
  }
  return hash.digest('hex').slice(0, 40);
}
