import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const present = spawnSync('hcloud', ['--help']).status === 0;

/** `describe`, or `describe.skip` where Debian's `hcloud` command is missing. */
export const describeWithHcloud = present ? describe : describe.skip;

/** The name of a group of tests that need the command. */
export const needingHcloud = (name: string) =>
  present ? name : `${name} (skipped: install Debian’s package hcloud-cli)`;

/** Debian's unmodified `hcloud` command, pointed at a sandbox. */
export class Hcloud {
  private constructor(
    private readonly url: string,
    private readonly folder: string,
  ) {}

  static async for(url: string): Promise<Hcloud> {
    return new Hcloud(
      url,
      await mkdtemp(path.join(tmpdir(), 'sandbox-hcloud-')),
    );
  }

  dispose(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** What the command prints; rejects with what it complains of. */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      'hcloud',
      ['--poll-interval', '5ms', ...args],
      {
        env: {
          PATH: process.env.PATH,
          HOME: this.folder,
          HCLOUD_TOKEN: 'test',
          HCLOUD_ENDPOINT: `${this.url}/hetzner/v1`,
        },
      },
    );
    return stdout;
  }

  /** One column of a list, from top to bottom. */
  async column(
    name: string,
    kind: string,
    ...args: string[]
  ): Promise<string[]> {
    const out = await this.run(
      ...[kind, 'list', '-o', 'noheader', '-o', `columns=${name}`],
      ...args,
    );
    return out
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean);
  }

  /** The names in a list. */
  names(kind: string, ...args: string[]): Promise<string[]> {
    return this.column('name', kind, ...args);
  }

  /** A resource as JSON. */
  async described(kind: string, which: string) {
    return JSON.parse(await this.run(kind, 'describe', which, '-o', 'json'));
  }

  /** Writes a file for the command to read and tells where it is. */
  async file(base: string, content: string): Promise<string> {
    const full = path.join(this.folder, base);
    await writeFile(full, content);
    return full;
  }
}
