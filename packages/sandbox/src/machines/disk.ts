import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { BootFile } from './cloudInit/cloudConfig';

/**
 * The files of a machine, in a folder of the state. Only the sandbox writes
 * them, so that there are no links that lead out of it.
 */
export class Disk {
  constructor(readonly folder: string) {}

  /** Where a path of the machine lies on this one. */
  at(file: string): string {
    return path.join(this.folder, path.posix.resolve('/', file));
  }

  has(file: string): boolean {
    return existsSync(this.at(file));
  }

  /** What a file holds; undefined when there is none. */
  read(file: string): string | undefined {
    return this.has(file) ? readFileSync(this.at(file), 'utf8') : undefined;
  }

  /** Names in a folder, sorted. */
  list(folder: string): string[] {
    return this.has(folder) ? readdirSync(this.at(folder)).sort() : [];
  }

  /** Writes a file and the folders above it. */
  write(file: string, content: string | Buffer, mode = 0o600): string {
    const full = this.at(file);
    mkdirSync(path.dirname(full), { recursive: true, mode: 0o700 });
    writeFileSync(full, content);
    // This account must be able to read what belongs to root there.
    // eslint-disable-next-line no-bitwise
    chmodSync(full, (mode & 0o777) | 0o600);
    return full;
  }

  /** Writes a file as cloud-init does. */
  writeBootFile({ path: file, content, mode, append }: BootFile): void {
    if (append && this.has(file)) appendFileSync(this.at(file), content);
    else this.write(file, content, mode);
  }

  /** Makes a folder. */
  makeFolder(folder: string): string {
    const full = this.at(folder);
    mkdirSync(full, { recursive: true, mode: 0o700 });
    return full;
  }
}
