import { createHash } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cachedProgram } from './cache';
import { findProgram, ProgramMissingError } from './findProgram';
import { isNewEnough } from './go';
import type { Program } from './program';
import { run } from './run';

jest.setTimeout(60_000);

describe('a program', () => {
  let folder: string;
  let site: Server;
  let served: Map<string, Buffer>;
  let said: string[];
  let program: Program;

  const inside = (...parts: string[]) => path.join(folder, ...parts);
  const script = async (file: string, text: string) => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `#!/bin/sh\n${text}\n`);
    await chmod(file, 0o755);
    return file;
  };
  const says = (file: string, version: string) =>
    script(file, `echo "Version  : v${version}"`);
  const find = (env: NodeJS.ProcessEnv = {}) =>
    findProgram(program, {
      env: { XPEDITIS_CACHE: inside('cache'), ...env },
      report: sentence => said.push(sentence),
    });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sandbox-programs-'));
    said = [];
    served = new Map();
    site = createServer((request, response) => {
      const body = served.get(request.url!);
      response.writeHead(body ? 200 : 404).end(body);
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    const { port } = site.address() as { port: number };
    await mkdir(inside('modules'));
    await writeFile(inside('modules', 'go.mod'), 'module none\n\ngo 1.25.0\n');
    await writeFile(inside('modules', 'go.sum'), '');
    program = {
      name: 'tool',
      version: '1.8.0',
      versionArguments: ['--version'],
      release: {
        archive: `http://127.0.0.1:${port}/tool.tar.gz`,
        checksums: `http://127.0.0.1:${port}/checksums.txt`,
      },
      build: {
        modules: inside('modules'),
        package: 'example.invalid/none',
        linkerFlags: '',
      },
    };
  });
  afterEach(async () => {
    site.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function publish(version: string, checksum?: string) {
    await says(inside('release', 'tool_v1', 'tool'), version);
    await run('tar', ['-czf', inside('tool.tar.gz'), 'tool_v1'], {
      cwd: inside('release'),
    });
    const archive = await readFile(inside('tool.tar.gz'));
    const sum = createHash('sha256').update(archive).digest('hex');
    served.set('/tool.tar.gz', archive);
    served.set(
      '/checksums.txt',
      Buffer.from(
        `${'0'.repeat(64)}  other\n${checksum ?? sum}  tool.tar.gz\n`,
      ),
    );
  }

  it('is taken from the folder that KUBEBUILDER_ASSETS names', async () => {
    const named = await says(inside('assets', 'tool'), '1.8.0');
    expect(await find({ KUBEBUILDER_ASSETS: inside('assets') })).toBe(named);
    expect(said).toEqual([]);
  });

  it.each(['1.7.9', '1.8.01', '11.8.0'])(
    'of version %s is passed over with a word, and the cache is next',
    async version => {
      const named = await says(inside('assets', 'tool'), version);
      const cached = await cachedProgram(program, inside('cache'));
      await says(cached, '1.8.0');
      expect(await find({ KUBEBUILDER_ASSETS: inside('assets') })).toBe(cached);
      expect(said).toEqual([
        `${named} is passed over: it is not version 1.8.0 (it says "Version  : v${version}").`,
      ]);
    },
  );

  it('has another place in the cache when its modules change', async () => {
    const before = await cachedProgram(program, inside('cache'));
    await writeFile(inside('modules', 'go.sum'), 'example.invalid v1 h1:x\n');
    expect(await cachedProgram(program, inside('cache'))).not.toBe(before);
  });

  it('is fetched as the official release, once', async () => {
    await publish('1.8.0');
    const found = await find();
    expect(found).toBe(await cachedProgram(program, inside('cache')));
    served.clear();
    expect(await find()).toBe(found);
    expect(said).toEqual(['Fetching the official release tool 1.8.0.']);
  });

  it('is fetched alone where the release publishes it so', async () => {
    await publish('1.8.0');
    const binary = await readFile(inside('release', 'tool_v1', 'tool'));
    const sum = createHash('sha256').update(binary).digest('hex');
    const { port } = site.address() as { port: number };
    const address = `http://127.0.0.1:${port}/bin/tool`;
    program.release = { binary: address, checksums: `${address}.sha256` };
    served.set('/bin/tool', binary);
    served.set('/bin/tool.sha256', Buffer.from('f'.repeat(64)));
    await expect(find()).rejects.toThrow('another checksum than published');
    served.set('/bin/tool.sha256', Buffer.from(sum));
    expect(await find()).toBe(await cachedProgram(program, inside('cache')));
  });

  it('is fetched where its checksum is pinned, whatever lies beside it', async () => {
    await publish('1.8.0', 'f'.repeat(64));
    const { port } = site.address() as { port: number };
    const archive = `http://127.0.0.1:${port}/tool.tar.gz`;
    program.release = { archive, sha256: '0'.repeat(64) };
    await expect(find()).rejects.toThrow('another checksum than published');
    const sha256 = createHash('sha256')
      .update(served.get('/tool.tar.gz')!)
      .digest('hex');
    program.release = { archive, sha256 };
    expect(await find()).toBe(await cachedProgram(program, inside('cache')));
  });

  it('is brought once for all who ask at the same time', async () => {
    await publish('1.8.0');
    const found = await Promise.all([find(), find(), find()]);
    expect(new Set(found).size).toBe(1);
    expect(
      said.filter(sentence => sentence.startsWith('Fetching')),
    ).toHaveLength(1);
  });

  it('is not taken from a release with another checksum or version', async () => {
    await publish('1.8.0', 'f'.repeat(64));
    await expect(find()).rejects.toThrow(
      'the official release: tool.tar.gz has another checksum than published',
    );
    await publish('1.7.0');
    await expect(find()).rejects.toThrow(
      'the official release: it is not version 1.8.0',
    );
  });

  it('that is nowhere to be had is missing, with all that was tried', async () => {
    const missing = await find().then(
      () => undefined,
      error => error,
    );
    expect(missing).toBeInstanceOf(ProgramMissingError);
    expect(missing.message).toMatch(
      /^tool 1\.8\.0 is not to be had here\. Tried the official release: it cannot be reached \(.*404\); the build: .+\.$/,
    );
  });
});

describe('Go', () => {
  it.each([
    ['go version go1.26.8 linux/amd64', '1.25.0', true],
    ['go version go1.25.0 linux/arm64', '1.25.0', true],
    ['go version go1.26.3 linux/amd64', '1.26.4', false],
    ['go version go1.24.13 linux/amd64', '1.25.0', false],
    ['go version go2.0 linux/amd64', '1.25.0', true],
    ['', '1.25.0', false],
  ])('that says "%s" does for go %s: %s', (answer, oldest, expected) => {
    expect(isNewEnough(answer, oldest)).toBe(expected);
  });
});
