import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const PLUGIN = resolvePackagePath(
  '@xpeditis/backstage-plugin-hetzner-infra-backend',
);
const REPOSITORY = resolve(PLUGIN, '../..');
const OVERLAY = join(PLUGIN, 'openapi/hetzner-overlay.yaml');
const READY = /^Sandbox ready: (http:\S+)$/;
const START_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 100;

export interface SandboxOptions {
  /** 1 is real time. 1000 by default. */
  speed?: number;
  /**
   * Checks every exchange against the official description; what does not fit
   * is under `control('GET', '/violations')`.
   */
  judge?: boolean;
  /** Runs the S3 server too; `objectStorage` waits for it. */
  objectStorage?: boolean;
}

/** A pair of keys for the sandbox's object storage, and where it is. */
export interface ObjectStorageKeys {
  endpoint: string;
  region: string;
  accessKey: string;
  secretKey: string;
}

/** The sandbox of this repository as a process of its own. */
export interface SandboxProcess {
  /** Without a trailing slash, such as http://127.0.0.1:40123. The same after a restart. */
  readonly url: string;
  /** What a Hetzner connection's endpoint has to be. */
  readonly hetznerEndpoint: string;
  /**
   * Calls the control API (path below /control).
   * @returns the answer's JSON; undefined if it has none.
   * @throws Error if the answer is no 2xx.
   */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /**
   * New keys for its object storage, when its S3 server runs: the first time on
   * a machine that is built.
   * @throws Error if it is not to be had, with the reason.
   */
  objectStorageKeys(project: string): Promise<ObjectStorageKeys>;
  /** Ends it in order and removes its state. */
  stop(): Promise<void>;
  /** Ends it as a power cut would; the state stays for `restart`. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same state, ending it first if it runs. */
  restart(): Promise<void>;
}

/** The official description of the Hetzner Cloud API, if this machine has it. */
export function hetznerDescription(): string | undefined {
  const file =
    process.env.HETZNER_OPENAPI ??
    resolve(REPOSITORY, '../shared/specs/hetzner/cloud.spec.json');
  return existsSync(file) ? file : undefined;
}

/**
 * Starts the sandbox on a free port with a fresh state. `stop` it in the end.
 *
 * @throws Error if it does not come up, with what it said; or if it is to judge
 * and the description is not there.
 */
export async function startSandbox(
  options: SandboxOptions = {},
): Promise<SandboxProcess> {
  const judge = options.judge ? judgeArguments() : [];
  const state = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
  const fixed = [
    '--speed',
    String(options.speed ?? 1000),
    '--state',
    state,
    ...judge,
    ...(options.objectStorage ? ['--s3-port', '0'] : []),
  ];
  const removeState = () => rmSync(state, { recursive: true, force: true });
  let running = await launch(['--port', '0', ...fixed]).catch(error => {
    removeState();
    throw error;
  });
  const { url } = running;
  const { port } = new URL(url);

  async function control(method: string, path: string, body?: unknown) {
    const response = await fetch(`${url}/control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : {
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  }

  return {
    url,
    hetznerEndpoint: `${url}/hetzner/v1`,
    control,
    async objectStorageKeys(project) {
      let view = await control('GET', '/object-storage');
      while (view.state === 'preparing') {
        await new Promise(passed => setTimeout(passed, POLL_MILLISECONDS));
        view = await control('GET', '/object-storage');
      }
      if (view.state !== 'running') throw new Error(view.reason);
      const keys = await control('POST', '/object-storage/keys', { project });
      return {
        endpoint: view.endpoint,
        region: view.region,
        accessKey: keys.accessKey,
        secretKey: keys.secretKey,
      };
    },
    async stop() {
      await end(running.child, 'SIGTERM');
      removeState();
    },
    kill: () => end(running.child, 'SIGKILL'),
    async restart() {
      await end(running.child, 'SIGTERM');
      running = await launch(['--port', port, ...fixed]);
    },
  };
}

function judgeArguments(): string[] {
  const description = hetznerDescription();
  if (!description) {
    throw new Error(
      'No description of the Hetzner Cloud API: set HETZNER_OPENAPI to a copy of cloud.spec.json.',
    );
  }
  return ['--judge', description, '--overlay', OVERLAY];
}

async function launch(
  args: string[],
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(REPOSITORY, 'packages/sandbox/src/main.ts'),
      ...args,
    ],
    {
      cwd: REPOSITORY,
      env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said: string[] = [];
  child.stderr.on('data', chunk => said.push(String(chunk)));
  // A test run that ends early must not leave it behind.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));

  let timer: NodeJS.Timeout | undefined;
  try {
    const url = await Promise.race([
      readyUrl(child),
      once(child, 'exit').then(([code]) => {
        throw new Error(`it ended with code ${code}`);
      }),
      new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`it was not ready in time`)),
          START_MILLISECONDS,
        );
      }),
    ]);
    return { child, url };
  } catch (error) {
    await end(child, 'SIGKILL');
    throw new Error(
      `The sandbox did not start: ${(error as Error).message}\n${said.join(
        '',
      )}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when it says where it listens; reads on, so that it never blocks. */
function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise(found => {
    createInterface({ input: child.stdout! }).on('line', line => {
      const ready = READY.exec(line);
      if (ready) {
        found(ready[1]);
      }
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
