import { createHash } from 'node:crypto';
import { chmod, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Program } from './program';
import { run } from './run';

/** A closed network often swallows what it does not let through. */
const FIRST_ANSWER_SECONDS = 5;

const WHOLE_SECONDS = 180;

/**
 * Fetches the official release into `folder` and checks it against the SHA-256 that
 * is pinned, or the release's own sums.
 *
 * @returns what went wrong
 */
export async function fetchRelease(
  { name, version, release }: Program,
  options: {
    folder: string;
    report: (sentence: string) => void;
    signal?: AbortSignal;
    fetch?: typeof fetch;
  },
): Promise<string | undefined> {
  if (!release) return 'there is none for this machine';
  const { folder, report, signal } = options;
  const get = async (url: string, seconds: number, method = 'GET') => {
    const response = await (options.fetch ?? fetch)(url, {
      method,
      signal: AbortSignal.any([
        AbortSignal.timeout(seconds * 1000),
        ...(signal ? [signal] : []),
      ]),
    });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const address = 'archive' in release ? release.archive : release.binary;
  const file = path.basename(address);
  const wantedSum = async () => {
    if ('sha256' in release) {
      await get(address, FIRST_ANSWER_SECONDS, 'HEAD');
      return release.sha256;
    }
    const sums = await get(release.checksums, FIRST_ANSWER_SECONDS);
    return sumOf(file, sums.toString('utf8'));
  };
  try {
    const wanted = await wantedSum();
    if (!wanted) return `its checksums do not name ${file}`;
    report(`Fetching the official release ${name} ${version}.`);
    const content = await get(address, WHOLE_SECONDS);
    const found = createHash('sha256').update(content).digest('hex');
    if (found !== wanted) return `${file} has another checksum than published`;
    await writeFile(path.join(folder, file), content);
  } catch (error) {
    return `it cannot be reached (${reasonOf(error)})`;
  }
  if ('binary' in release) {
    await chmod(path.join(folder, file), 0o755);
    return undefined;
  }
  const { code, output } = await run('tar', ['-xzf', file], {
    cwd: folder,
    signal,
  });
  if (code !== 0) return `tar did not unpack it: ${output}`;
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const unpacked = entries.find(entry => entry.isFile() && entry.name === name);
  if (!unpacked) return `${file} has no ${name} in it`;
  await rename(path.join(unpacked.parentPath, name), path.join(folder, name));
  return undefined;
}

function sumOf(file: string, sums: string): string | undefined {
  if (/^[0-9a-f]{64}$/.test(sums.trim())) return sums.trim();
  return sums
    .split('\n')
    .map(line => line.trim().split(/\s+\*?/))
    .find(([, name]) => name === file)?.[0];
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: Error };
  return cause?.message || message;
}
