import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const LINES_KEPT = 300;

/** What a machine says while it boots and runs, in a file of its own. */
export class Console {
  readonly #lines: string[];

  /** @param file - where it is kept */
  constructor(private readonly file: string) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    this.#lines = existsSync(file)
      ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LINES_KEPT)
      : [];
  }

  /** The newest lines, the oldest of them first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /**
   * Adds what a part of the machine says; each line is told once, however often
   * it is said in a row.
   */
  say(part: string, message: string): void {
    for (const text of message.trimEnd().split('\n')) {
      if (this.#lines.at(-1)?.endsWith(` ${part}: ${text}`)) continue;
      const line = `${new Date().toISOString()} ${part}: ${text}`;
      this.#lines.push(line);
      if (this.#lines.length > LINES_KEPT) this.#lines.shift();
      appendFileSync(this.file, `${line}\n`, { mode: 0o600 });
    }
  }
}
