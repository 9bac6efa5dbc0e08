import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findFreePorts, root } from './portalUnderTest';

/** How many environments there are. */
export const CROWD = 1_000;

const START_MILLISECONDS = 3 * 60_000;

/** What it reads instead of app-config.yaml's own: someone in no group, and a catalog that leaves the crowd alone. */
const VISITOR = {
  APP_CONFIG_auth_providers_guest_userEntityRef: 'user:default/visitor',
  APP_CONFIG_auth_providers_guest_ownershipEntityRefs: JSON.stringify([
    'user:default/visitor',
  ]),
  APP_CONFIG_catalog_providers_hetznerInfra_schedule: JSON.stringify({
    frequency: { hours: 1 },
    timeout: { minutes: 1 },
    initialDelay: { hours: 1 },
  }),
};

/**
 * A second portal with a thousand environments, all of other people: whoever
 * enters it as guest is in no group, and the portal's own policy lets such a
 * person read only.
 */
export class CrowdedPortal {
  #process: ChildProcess | undefined;

  readonly #state = mkdtempSync(path.join(os.tmpdir(), 'portal-crowded-'));

  readonly #ports = findFreePorts();

  /** Where its app answers. */
  get url(): string {
    return `http://localhost:${this.#ports.PORTAL_PORT}`;
  }

  /** Starts it and fills it. */
  async start(): Promise<void> {
    const started = spawn(process.execPath, ['scripts/portal.mjs', 'start'], {
      cwd: root,
      env: {
        ...process.env,
        ...VISITOR,
        PORTAL_STATE: this.#state,
        ...this.#ports,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = started;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error('The crowded portal did not start in time.')),
        START_MILLISECONDS,
      );
      started.stdout!.on('data', text => {
        if (!String(text).includes('Portal ready')) return;
        clearTimeout(timer);
        resolve();
      });
      started.once('exit', code =>
        reject(new Error(`The crowded portal ended with code ${code}.`)),
      );
    });
    await promisify(execFile)(process.execPath, [
      path.join(root, 'benchmarks', 'environments-list', 'seed.mjs'),
      ...['--state', this.#state],
      ...['--environments', String(CROWD)],
      ...['--operations', '3'],
    ]);
  }

  /** Ends it and forgets what it kept. */
  async stop(): Promise<void> {
    if (this.#process && this.#process.exitCode === null) {
      this.#process.removeAllListeners('exit');
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGINT');
      await ended;
    }
    rmSync(this.#state, { recursive: true, force: true });
  }
}
