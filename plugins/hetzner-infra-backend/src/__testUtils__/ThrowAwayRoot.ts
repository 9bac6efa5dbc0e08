import { spawn } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

/** What cloud-init would do, as far as the user data of servers says so. */
interface CloudConfig {
  write_files: { path: string; permissions: string; content: string }[];
  runcmd: string[][];
}

/** Mounts the system's programs into the root, which stays writable beside them, and runs a command there. */
const ENTER = [
  'mount --rbind /usr usr',
  'mount --bind local usr/local',
  'mount --bind /dev/null dev/null',
  'exec chroot . "$@"',
].join(' && ');

const UNSHARE = [
  '--map-root-user',
  '--mount',
  '--net',
  'sh',
  '-c',
  ENTER,
  'sh',
];

/**
 * A root of its own in which boot scripts run as they are, with the real shell and
 * the real tools. What would touch a machine or a network is replaced by recorders.
 */
export class ThrowAwayRoot {
  private constructor(readonly folder: string) {}

  static async make(): Promise<ThrowAwayRoot> {
    const root = new ThrowAwayRoot(await mkdtemp(join(tmpdir(), 'root-')));
    for (const name of ['usr', 'local/bin', 'local/sbin', 'run', 'tmp']) {
      await mkdir(root.path(name), { recursive: true });
    }
    for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
      await symlink(`usr/${name}`, root.path(name));
    }
    // Hidden below the system's /usr inside, and where it is expected outside.
    await symlink('../local', root.path('usr/local'));
    await root.write('dev/null', '');
    await root.write('record', '');
    return root;
  }

  dispose(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }

  /** Where a path of the root is outside of it. */
  path(inside: string): string {
    return join(this.folder, inside);
  }

  async write(inside: string, content: string, mode = 0o644): Promise<void> {
    await mkdir(dirname(this.path(inside)), { recursive: true });
    await writeFile(this.path(inside), content, { mode });
    await chmod(this.path(inside), mode);
  }

  /** @returns undefined for a file that is not there */
  read(inside: string): Promise<string | undefined> {
    return readFile(this.path(inside), 'utf8').catch(() => undefined);
  }

  /** A file of the root as YAML. */
  async readYaml(inside: string): Promise<unknown> {
    const text = await this.read(inside);
    return text === undefined ? undefined : parse(text);
  }

  /** Puts a program in front of the system's; each call of it is recorded, then the script runs. */
  async replace(program: string, script = ''): Promise<void> {
    await this.write(
      `recorders/${program}`,
      `#!/bin/sh\necho "${program} $*" >>/record\n${script}\n`,
      0o755,
    );
  }

  /** Calls of replaced programs so far. */
  async recorded(): Promise<string[]> {
    return (await this.read('record'))!.split('\n').filter(Boolean);
  }

  /** Writes the files of the user data. */
  async writeFilesOf(userData: string): Promise<void> {
    const { write_files: files }: CloudConfig = parse(userData);
    for (const { path, permissions, content } of files) {
      await this.write(path, content, parseInt(permissions, 8));
    }
  }

  /** Does what the user data says: writes its files, and runs its commands. */
  async boot(userData: string): Promise<void> {
    await this.writeFilesOf(userData);
    const { runcmd }: CloudConfig = parse(userData);
    for (const command of runcmd) {
      const { code, output } = await this.run(command);
      if (code !== 0) throw new Error(`${command.join(' ')}: ${output}`);
    }
  }

  /** Variables of a file as systemd's EnvironmentFile reads them, when values are plain or in double quotes. */
  async environmentFile(inside: string): Promise<Record<string, string>> {
    const lines = (await this.read(inside))!.split('\n').filter(Boolean);
    return Object.fromEntries(
      lines.map(line => {
        const [, name, value] = /^(\w+)=(.*)$/.exec(line)!;
        return [name, value.replace(/^"(.*)"$/, '$1')];
      }),
    );
  }

  /** Runs a command as root of the throw-away root. */
  run(
    command: readonly string[],
    env: Record<string, string> = {},
  ): Promise<{ code: number | null; output: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn('unshare', [...UNSHARE, ...command], {
        cwd: this.folder,
        env: {
          PATH: '/recorders:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin',
          ...env,
        },
      });
      const output: string[] = [];
      const keep = (text: string) => output.push(text);
      child.stdout.setEncoding('utf8').on('data', keep);
      child.stderr.setEncoding('utf8').on('data', keep);
      child.on('error', reject);
      child.on('close', code => resolve({ code, output: output.join('') }));
    });
  }
}
