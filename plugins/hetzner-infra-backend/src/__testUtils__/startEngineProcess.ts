import { spawn, type ChildProcess } from 'node:child_process';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { TestEngineOptions } from './engine';
import type { EngineDatabase } from './engineDatabase';

const SCRIPT = resolvePackagePath(
  '@xpeditis/backstage-plugin-hetzner-infra-backend',
  'src/__testUtils__/engineProcess.ts',
);

/** Starts the engine as a process of its own; whoever starts it ends it. */
export function startEngineProcess(
  hetznerEndpoint: string,
  database: EngineDatabase,
  {
    args = [],
    options = {},
  }: { args?: string[]; options?: TestEngineOptions } = {},
): ChildProcess {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      SCRIPT,
      hetznerEndpoint,
      ...args,
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        ENGINE_DATABASE: JSON.stringify(database),
        ENGINE_OPTIONS: JSON.stringify(options),
      },
    },
  );
  // A test run that ends early must not leave it behind.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  return child;
}
