import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kubernetesPrograms, KUBERNETES_PROGRAMS } from './kubernetes';
import type { Program } from './program';
import { ProgramSet } from './ProgramSet';

describe('a set of programs', () => {
  let folder: string;
  const said: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sandbox-set-'));
    await mkdir(path.join(folder, 'modules'));
    await writeFile(
      path.join(folder, 'modules', 'go.mod'),
      'module none\n\ngo 1.25.0\n',
    );
    await writeFile(path.join(folder, 'modules', 'go.sum'), '');
    said.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const program = (name: string): Program => ({
    name,
    version: '1.0.0',
    versionArguments: [],
    build: {
      modules: path.join(folder, 'modules'),
      package: 'example.invalid/none',
      linkerFlags: '',
    },
  });
  const put = async (name: string) => {
    const file = path.join(folder, 'assets', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '#!/bin/sh\necho v1.0.0\n');
    await chmod(file, 0o755);
    return file;
  };
  const open = (...names: string[]) =>
    new ProgramSet(
      'Tools',
      names.map(program),
      sentence => said.push(sentence),
      {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        KUBEBUILDER_ASSETS: path.join(folder, 'assets'),
        XPEDITIS_CACHE: path.join(folder, 'cache'),
      },
    );

  it('is ready when all are there', async () => {
    const paths = { one: await put('one'), two: await put('two') };
    const set = open('one', 'two');
    expect(set.view).toMatchObject({
      state: 'preparing',
      reason: '0 of 2 programs of Tools are there. Looking for one.',
    });
    expect(await set.ready()).toEqual(paths);
    expect(set.view.state).toBe('ready');
    expect(said).toEqual([]);
  });

  it('is missing when one of them is, with the reason', async () => {
    await put('one');
    const set = open('one', 'two');
    await expect(set.ready()).rejects.toThrow(/^two 1\.0\.0 is not to be had/);
    expect(set.view).toMatchObject({
      state: 'missing',
      reason: expect.stringContaining('two 1.0.0 is not to be had here'),
      programs: [{ state: 'ready' }, { state: 'missing' }],
    });
    expect(said.at(-1)).toContain('Tools is not to be had.');
  });
});

describe('the programs of Kubernetes', () => {
  it.each([
    ['x64', 'amd64'],
    ['arm64', 'arm64'],
  ])('come from the releases for %s', (architecture, name) => {
    const programs = kubernetesPrograms(architecture, 'linux');
    expect(programs.map(program => program.name)).toEqual([
      ...KUBERNETES_PROGRAMS,
    ]);
    const addresses = programs.flatMap(({ release }) =>
      release ? ['archive' in release ? release.archive : release.binary] : [],
    );
    expect(addresses).toHaveLength(5);
    for (const address of addresses) expect(address).toContain(`linux`);
    for (const address of addresses) expect(address).toContain(name);
  });

  it('are built where there is no release', () => {
    for (const { release } of kubernetesPrograms('riscv64', 'linux')) {
      expect(release).toBeUndefined();
    }
    for (const { release } of kubernetesPrograms('arm64', 'darwin')) {
      expect(release).toBeUndefined();
    }
  });
});
