import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Problem } from '../problem.mjs';
import { runProgram } from './programs.mjs';

const PREFIX = 'portal-backup-';

/**
 * Folders that runs have left which were killed: they hold whole databases.
 *
 * @param {string} file where a backup goes
 * @returns {Promise<string[]>}
 */
export async function leftoverFolders(file) {
  const found = await Promise.all(
    [...new Set([path.dirname(file), os.tmpdir()])].map(async folder =>
      (await fs.readdir(folder).catch(() => []))
        .filter(name => name.startsWith(PREFIX))
        .map(name => path.join(folder, name)),
    ),
  );
  return found.flat();
}

/** Gives a folder of its own to some work. Nobody else reads it, and it goes in the end. */
async function withFolder(parent, work) {
  const folder = await fs.mkdtemp(path.join(parent, PREFIX));
  try {
    return await work(folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/**
 * Writes what some work leaves in a folder into one file. The file is there when
 * it is complete, for its owner alone.
 *
 * @template T
 * @param {string} file
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {Problem} when the file exists
 */
export async function pack(file, work) {
  const exists = await fs.stat(file).catch(() => undefined);
  if (exists) {
    throw new Problem(`${file} exists. Name a file that does not.`);
  }
  await fs.mkdir(path.dirname(file), { recursive: true });
  return withFolder(path.dirname(file), async folder => {
    const content = path.join(folder, 'content');
    await fs.mkdir(content);
    const result = await work(content);
    const draft = path.join(folder, 'draft');
    await runProgram('tar', ['-czf', draft, '-C', content, '.']);
    await fs.chmod(draft, 0o600);
    // A link, unlike a rename, replaces nothing that came meanwhile.
    await fs.link(draft, file);
    return result;
  });
}

/**
 * Gives what is in a file to some work, in a folder.
 *
 * @template T
 * @param {string} file
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {Problem} when there is no such file
 */
export async function unpack(file, work) {
  const exists = await fs.stat(file).catch(() => undefined);
  if (!exists?.isFile()) {
    throw new Problem(`There is no file ${file}.`);
  }
  return withFolder(os.tmpdir(), async folder => {
    await runProgram('tar', ['-xzf', file, '--no-same-owner', '-C', folder]);
    return work(folder);
  });
}
