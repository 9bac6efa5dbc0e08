import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

// Only tests read this, and they run from the source.
// eslint-disable-next-line no-restricted-syntax
const packageRoot = path.resolve(__dirname, '..', '..');

/** The sandbox as a process of its own. */
export interface SandboxProcess {
  child: ChildProcess;
  /** Everything that it wrote to standard output so far, by line. */
  lines: string[];
  problems: string[];
  /** The address in its first line; rejects when it ends before it has one. */
  ready: Promise<string>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Starts `main.ts` with arguments. */
export function spawnSandbox(...args: string[]): SandboxProcess {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      path.join(packageRoot, 'src/main.ts'),
      ...args,
    ],
    { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const lines: string[] = [];
  const problems: string[] = [];
  const ended = once(child, 'close').then(
    ([code, signal]) => (code ?? signal) as number | NodeJS.Signals,
  );
  const ready = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', line => {
      lines.push(line);
      const address = /^Sandbox ready: (http\S+)$/.exec(line)?.[1];
      if (address) resolve(address);
    });
    createInterface(child.stderr).on('line', line => problems.push(line));
    ended.then(
      how => reject(new Error(`ended with ${how}: ${problems.join('\n')}`)),
      reject,
    );
  });
  // Whoever does not wait for the address does not care that there is none.
  ready.catch(() => {});
  return { child, lines, problems, ready, ended };
}
