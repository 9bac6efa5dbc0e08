import { cp } from 'node:fs/promises';
import path from 'node:path';
import { findGo } from './go';
import type { Program } from './program';
import { run } from './run';

const LINES_TOLD = 3;

/**
 * Builds a program from its pinned modules into `folder`.
 *
 * @returns what went wrong
 */
export async function buildProgram(
  { name, version, build }: Program,
  {
    cache,
    folder,
    env,
    signal,
    report,
  }: {
    cache: string;
    folder: string;
    env: NodeJS.ProcessEnv;
    signal?: AbortSignal;
    report: (sentence: string) => void;
  },
): Promise<string | undefined> {
  const found = await findGo(build.modules, cache, signal);
  if ('problem' in found) return found.problem;
  report(
    `Building ${name} ${version} from its Go modules, once for this account. It takes minutes, in the background.`,
  );
  // Go may not write into the checkout.
  const modules = path.join(folder, 'modules');
  await cp(build.modules, modules, { recursive: true });
  const { code, output } = await run(
    found.go,
    [
      ...['build', '-trimpath', '-buildvcs=false', '-mod=readonly'],
      ...['-ldflags', build.linkerFlags],
      ...['-o', path.join(folder, name), build.package],
    ],
    {
      cwd: modules,
      signal,
      inBackground: true,
      // The toolchain that is there is used, and no flags of the person's own.
      env: { ...env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '' },
    },
  );
  return code === 0
    ? undefined
    : `go build failed: ${output.split('\n').slice(-LINES_TOLD).join(' ')}`;
}
