import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.mjs';

const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
const linesShown = 30;

/**
 * A backend and a sandbox as `npm start` starts them, on free ports, with a
 * state folder of their own, and with settings of a test on top.
 */
export class BackendUnderTest {
  #services;
  #children;
  #setting;
  #backend;
  /** Every line that the backend has written, over all its lives. */
  log = [];

  /**
   * @param {string} name of the state folder under `.local`
   * @returns {Promise<BackendUnderTest>} with nothing started yet
   */
  static async prepare(name) {
    const backend = new BackendUnderTest();
    backend.state = path.join(root, '.local', name);
    await fs.rm(backend.state, { recursive: true, force: true });
    // The scripts read the folder when they are loaded.
    process.env.PORTAL_STATE = backend.state;
    const [{ Children }, { findFreePorts }, { prepare }, { readPorts }] =
      await Promise.all([
        import('../../scripts/children.mjs'),
        import('../../scripts/ports.mjs'),
        import('../../scripts/preparation.mjs'),
        import('../../scripts/settings.mjs'),
      ]);
    backend.#services = await import('../../scripts/services.mjs');
    const variables = await findFreePorts();
    backend.url = `http://127.0.0.1:${variables.BACKEND_PORT}`;
    backend.sandboxUrl = `http://127.0.0.1:${variables.SANDBOX_PORT}`;
    const children = new Children();
    backend.#children = children;
    const toolchain = await prepare(children);
    backend.#setting = {
      children,
      toolchain: { ...toolchain, env: { ...toolchain.env, ...variables } },
      ports: readPorts(variables),
      onLine: (service, line) => {
        if (service === 'portal') backend.log.push(line);
      },
    };
    return backend;
  }

  /**
   * Starts the stand-in for the cloud.
   *
   * @param {number} speed as a multiple of real time
   */
  async startSandbox(speed) {
    const sandbox = this.#services.startSandbox(this.#setting);
    await sandbox.ready;
    requireRunning(sandbox.child);
    await this.setSpeed(speed);
  }

  /** @param {number} speed of the sandbox, as a multiple of real time */
  async setSpeed(speed) {
    const response = await fetch(`${this.sandboxUrl}/control/settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ speed, rateLimit: { limit: 1_000_000 } }),
    });
    if (!response.ok) {
      throw new Error(
        `The sandbox refused its settings: ${await response.text()}`,
      );
    }
  }

  /**
   * Starts the backend, for the first time or on what an earlier one left.
   *
   * @param {{ config?: Record<string, unknown>, env?: NodeJS.ProcessEnv }} options
   *   `config` maps paths such as `hetznerInfra.operations.leaseSeconds` to
   *   values that win over app-config.yaml
   */
  async startBackend({ config = {}, env = {} } = {}) {
    const { toolchain } = this.#setting;
    const overrides = Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        `APP_CONFIG_${key.replaceAll('.', '_')}`,
        JSON.stringify(value),
      ]),
    );
    this.#backend = this.#services.startPortal(
      {
        ...this.#setting,
        toolchain: {
          ...toolchain,
          env: { ...toolchain.env, ...overrides, ...env },
        },
      },
      { withApp: false },
    );
    await this.#backend.ready;
    requireRunning(this.#backend.child);
  }

  /** Ends the backend at once, as a power cut would. */
  async killBackend() {
    this.#backend.child.kill();
    await this.#backend.child.ended;
  }

  /** Ends the backend as an operator would, and comes back when it is gone. */
  async stopBackend() {
    await this.#backend.child.stop();
  }

  /** Ends everything that was started. */
  async end() {
    await this.#children.stopAll();
  }

  /** Waits as {@link until} does, while the backend runs; fails when it ends instead. */
  until(what, condition, options) {
    return until(
      what,
      async () => {
        requireRunning(this.#backend.child);
        return condition();
      },
      options,
    );
  }
}

function requireRunning(child) {
  if (child.hasEnded) {
    throw new Error(
      `The ${child.name} ended. It said last:\n${child
        .lastLines(linesShown)
        .join('\n')}`,
    );
  }
}
