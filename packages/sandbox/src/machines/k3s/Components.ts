import path from 'node:path';
import { createWriteStream, mkdirSync, WriteStream } from 'node:fs';
import { startSupervised, Supervised } from '../../programs/supervised';

/** How much of what a component says is kept since its start. */
const LOG_BYTES = 20 * 1024 * 1024;

/** Programs of one machine that live and end together. */
export class Components {
  readonly #running: { name: string; program: Supervised; log: WriteStream }[] =
    [];
  #failed: (error: Error) => void = () => {};
  #isClosing = false;

  /** Rejects when one of them ends by itself. */
  readonly failure: Promise<never> = new Promise((_resolve, reject) => {
    this.#failed = reject;
  });

  /**
   * @param programs - paths by name
   * @param logs - folder of what they say
   */
  constructor(
    private readonly programs: Record<string, string>,
    private readonly logs: string,
  ) {
    // Whoever waits for it is told; nobody need.
    this.failure.catch(() => {});
    mkdirSync(logs, { recursive: true, mode: 0o700 });
  }

  /** Starts one of the programs; it ends as if its power were cut. */
  start(name: string, args: readonly string[]): Supervised {
    const log = createWriteStream(path.join(this.logs, `${name}.log`));
    let written = 0;
    const program = startSupervised(this.programs[name], args, {
      // KWOK looks there for a configuration of the person's own.
      env: { HOME: this.logs, PATH: process.env.PATH },
      cwd: this.logs,
      signal: 'KILL',
      onOutput(text) {
        written += text.length;
        if (written < LOG_BYTES) log.write(text);
      },
    });
    const entry = { name, program, log };
    this.#running.push(entry);
    program.ended.then(said => {
      log.end();
      const at = this.#running.indexOf(entry);
      if (at >= 0) this.#running.splice(at, 1);
      if (!this.#isClosing && at >= 0) {
        this.#failed(
          new Error(`${name} ended: ${said.split('\n').slice(-2).join(' ')}`),
        );
      }
    });
    return program;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all(this.#running.map(({ program }) => program.close()));
  }
}
