import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** One life of the engine: a process that works on what its database has queued. */
export class EngineProcess {
  #child;
  #said = '';

  /**
   * @param {string} enginePath its bundle
   * @param {string} endpoint of the cloud
   * @param {object} database as engineDatabase.ts takes it
   * @param {object} options as engineProcess.ts takes them
   */
  constructor(enginePath, endpoint, database, options) {
    this.#child = spawn(process.execPath, [enginePath, endpoint], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        ENGINE_DATABASE: JSON.stringify(database),
        ENGINE_OPTIONS: JSON.stringify(options),
      },
    });
    this.#child.stderr.on('data', chunk => {
      this.#said += chunk;
    });
    const child = this.#child;
    const endWithUs = () => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('exit', () => process.off('exit', endWithUs));
  }

  /** Why it ended by itself; undefined while it runs. */
  get failure() {
    return this.#child.exitCode === null
      ? undefined
      : `The engine ended with code ${this.#child.exitCode}: ${this.#said}`;
  }

  /** Ends it without any warning. */
  async kill() {
    if (this.#child.exitCode !== null || this.#child.signalCode) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
