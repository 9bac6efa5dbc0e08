import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { fileFor, StateError, StateFolder } from './stateFolder';

const schema = z.object({ value: z.number() });

describe('the state folder', () => {
  let folder: string;
  let state: StateFolder;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sandbox-state-'));
    state = new StateFolder(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const text = (file: string) => readFile(path.join(folder, file), 'utf8');

  it('reads what was saved, and nothing where nothing was', async () => {
    expect(state.read('a.json', schema)).toBeUndefined();
    expect(state.list('sub')).toEqual([]);
    await state.save('sub/a.json', () => ({ value: 1 }));
    expect(new StateFolder(folder).read('sub/a.json', schema)).toEqual({
      value: 1,
    });
    expect(state.list('sub')).toEqual(['sub/a.json']);
  });

  it('writes saves that come together once, with the latest content', async () => {
    let value = 0;
    let writes = 0;
    const save = () =>
      state.save('a.json', () => {
        writes += 1;
        return { value };
      });
    const saves = [save(), save(), save()];
    value = 7;
    await Promise.all(saves);
    expect(writes).toBe(1);
    expect(state.read('a.json', schema)).toEqual({ value: 7 });
  });

  it('writes one after another, so that the last content stays', async () => {
    const content = { value: 0 };
    const saves: Promise<void>[] = [];
    while (content.value < 20) {
      content.value += 1;
      saves.push(state.save('a.json', () => content));
      // Some saves meet a write that is under way, others one that waits.
      await new Promise(done => setImmediate(done));
    }
    await Promise.all(saves);
    expect(state.read('a.json', schema)).toEqual({ value: 20 });
    expect(await readdir(folder)).toEqual(['a.json']);
  });

  it('tells whoever waits that a file cannot be written, and goes on afterwards', async () => {
    const broken = () => {
      throw new Error('disk full');
    };
    await expect(state.save('a.json', broken)).rejects.toThrow('disk full');
    await state.save('a.json', () => ({ value: 2 }));
    expect(state.read('a.json', schema)).toEqual({ value: 2 });
  });

  it.each(['{', '{"value":"x"}', ''])(
    'does not take %p for its own',
    async content => {
      await writeFile(path.join(folder, 'a.json'), content);
      expect(() => state.read('a.json', schema)).toThrow(StateError);
      expect(await text('a.json')).toBe(content);
    },
  );

  it('deletes a part of itself', async () => {
    await state.save('sub/a.json', () => ({ value: 1 }));
    await state.save('b.json', () => ({ value: 1 }));
    await state.remove('sub');
    expect(await readdir(folder)).toEqual(['b.json']);
  });

  it.each([
    'demo',
    'a b',
    '../../etc/passwd',
    '.',
    '..',
    'ü'.repeat(90),
    'CON',
    '',
  ])('has a file inside for the name %p', name => {
    const file = fileFor('sub', name);
    expect(path.dirname(file)).toBe('sub');
    expect(path.basename(file)).toMatch(/^[\w%-][\w.%-]*\.json$/);
    expect(path.basename(file).length).toBeLessThanOrEqual(105);
  });
});
