import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '../backend/until.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const READY = /^Sandbox ready: (http:\S+)$/;

/** The stand-in for the cloud as a process of its own, on a free port, with an empty state. */
export class SandboxProcess {
  #child;
  #state;

  /** @param {number} speed as a multiple of real time */
  static async start(speed) {
    const sandbox = new SandboxProcess();
    sandbox.#state = await fs.mkdtemp(path.join(os.tmpdir(), 'fault-matrix-'));
    sandbox.#child = spawn(
      process.execPath,
      [
        '--require',
        createRequire(import.meta.url).resolve(
          '@backstage/cli/config/nodeTransform.cjs',
        ),
        path.join(root, 'packages/sandbox/src/main.ts'),
        '--port',
        '0',
        '--s3-port',
        '0',
        '--speed',
        String(speed),
        '--state',
        sandbox.#state,
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const child = sandbox.#child;
    process.once('exit', () => child.kill('SIGKILL'));
    sandbox.url = await Promise.race([
      new Promise(found => {
        createInterface({ input: child.stdout }).on('line', line => {
          const ready = READY.exec(line);
          if (ready) found(ready[1]);
        });
      }),
      once(child, 'exit').then(([code]) => {
        throw new Error(`The sandbox ended with code ${code}.`);
      }),
    ]);
    // Who asks how often is not what is tested here.
    await sandbox.control('PUT', '/settings', {
      rateLimit: { limit: 3_600_000 },
    });
    return sandbox;
  }

  /**
   * New keys for its object storage, when its S3 server runs.
   *
   * @param {string} project
   * @throws Error if it is not to be had, with the reason
   */
  async objectStorageKeys(project) {
    const view = await until('the S3 server', async () => {
      const now = await this.control('GET', '/object-storage');
      return now.state !== 'preparing' && now;
    });
    if (view.state !== 'running') throw new Error(view.reason);
    const { endpoint, region } = view;
    return {
      ...(await this.control('POST', '/object-storage/keys', { project })),
      endpoint,
      region,
    };
  }

  get hetznerEndpoint() {
    return `${this.url}/hetzner/v1`;
  }

  /**
   * Calls the control API.
   *
   * @param {string} method
   * @param {string} route below /control
   * @param {unknown} [body]
   * @returns {Promise<any>} the answer's JSON; undefined if it has none
   * @throws Error if the answer is no 2xx
   */
  async control(method, route, body) {
    const response = await fetch(`${this.url}/control${route}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${route}: ${response.status} ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Ends it and removes its state. */
  async stop() {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
    await fs.rm(this.#state, { recursive: true, force: true });
  }
}
