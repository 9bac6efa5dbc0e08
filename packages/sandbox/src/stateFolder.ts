import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** Thrown when a file of the state cannot be used. */
export class StateError extends Error {}

/**
 * JSON files in one folder. A file is replaced in one step, so that it is
 * whole at any instant; saves that come while one is written are written
 * together.
 */
export class StateFolder {
  private readonly waiting = new Map<string, Promise<void>>();
  private readonly last = new Map<string, Promise<void>>();

  constructor(readonly folder: string) {
    // User data may hold secrets, and is kept as it was sent.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /**
   * What a file holds, or undefined when there is none.
   *
   * @throws StateError when it holds something else
   */
  read<Content>(file: string, schema: z.ZodType<Content>): Content | undefined {
    const full = path.join(this.folder, file);
    let text: string;
    try {
      text = readFileSync(full, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return schema.parse(JSON.parse(text));
    } catch (error) {
      const reason =
        error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      throw new StateError(
        `${full} was not written by this version of the sandbox. Delete ${this.folder} to start empty. (${reason})`,
      );
    }
  }

  /** Names of the files below a folder of the state. */
  list(folder: string): string[] {
    try {
      return readdirSync(path.join(this.folder, folder))
        .filter(name => name.endsWith('.json'))
        .map(name => path.join(folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /**
   * Writes what `content` returns when the write begins, as JSON or as `text`
   * makes it. Resolves when it is in the file.
   */
  save<Content>(
    file: string,
    content: () => Content,
    text: (content: Content) => Iterable<string> = json,
  ): Promise<void> {
    const joined = this.waiting.get(file);
    if (joined) return joined;
    const before = this.last.get(file) ?? Promise.resolve();
    const write = before
      .catch(() => {}) // whoever waited for that one has been told
      // Requests that are there already change the state before it is written.
      .then(() => new Promise(resolve => setImmediate(resolve)))
      .then(() => {
        this.waiting.delete(file);
        return replace(path.join(this.folder, file), text(content()));
      });
    this.waiting.set(file, write);
    this.last.set(file, write);
    return write;
  }

  /** Resolves when everything that was to be saved is in its file. */
  async flush(): Promise<void> {
    await Promise.all(this.last.values());
  }

  /** Deletes a part of the state once nothing is being written. */
  async remove(part: string): Promise<void> {
    await Promise.allSettled(this.last.values());
    rmSync(path.join(this.folder, part), { recursive: true, force: true });
  }
}

/** The file for a name that may hold any characters. */
export function fileFor(folder: string, name: string): string {
  const encoded = encodeURIComponent(name);
  const safe =
    /^[\w%-][\w.%-]*$/.test(encoded) && encoded.length <= 100
      ? encoded
      : createHash('sha256').update(name).digest('hex');
  return path.join(folder, `${safe}.json`);
}

function* json(content: unknown): Generator<string> {
  yield `${JSON.stringify(content, null, 1)}\n`;
}

/** Characters that are written at once: little enough to be collected young. */
const PIECE = 64 * 1024;

function* pieces(text: Iterable<string>): Generator<string> {
  let piece = '';
  for (const part of text) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Written without a pause, so that the text is of one instant and need not be held. */
async function replace(file: string, text: Iterable<string>): Promise<void> {
  const next = `${file}.next`;
  mkdirSync(path.dirname(file), { recursive: true });
  const handle = openSync(next, 'w');
  try {
    for (const piece of pieces(text)) writeFileSync(handle, piece);
  } finally {
    closeSync(handle);
  }
  // Some file systems write the data now, which takes time.
  await rename(next, file);
}
