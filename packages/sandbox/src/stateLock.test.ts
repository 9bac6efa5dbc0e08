import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StateError } from './stateFolder';
import { lockState } from './stateLock';

describe('the lock of a state folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sandbox-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (text: string) =>
    writeFileSync(path.join(folder, 'sandbox.lock'), text);

  it('is for one, until that one gives it back', () => {
    const release = lockState(folder);
    expect(() => lockState(`${folder}/.`)).toThrow(StateError);
    release();
    expect(readdirSync(folder)).toEqual([]);
    lockState(folder)();
  });

  it('makes the folder that it is for', () => {
    lockState(path.join(folder, 'new', 'one'))();
    expect(readdirSync(path.join(folder, 'new'))).toEqual(['one']);
  });

  it('of a living process is respected, and taken when that has gone', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    await once(other, 'spawn');
    const fields = readFileSync(`/proc/${other.pid}/stat`, 'utf8')
      .split(') ')[1]
      .split(' ');
    write(`${other.pid} ${fields[19]}\n`);
    expect(() => lockState(folder)).toThrow(
      `${folder} is in use by the sandbox with process number ${other.pid}. End that one, or choose another folder with --state.`,
    );
    // The same number, but a process that began at another time.
    write(`${other.pid} 1\n`);
    lockState(folder)();
    write(`${other.pid} ${fields[19]}\n`);
    other.kill('SIGKILL');
    await once(other, 'close');
    lockState(folder)();
  });

  it.each(['', 'x', '-1 5', `${process.pid} 1`])(
    'that holds %p is taken',
    text => {
      write(text);
      const release = lockState(folder);
      expect(() => lockState(folder)).toThrow(StateError);
      release();
    },
  );
});
