import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StateFolder } from '../stateFolder';
import { claimAddressBlock } from './addressBlock';

describe('a block of addresses', () => {
  let folder: string;
  const state = (name: string) => new StateFolder(path.join(folder, name));
  const claim = (name: string) =>
    claimAddressBlock(state(name), path.join(folder, 'cache'));

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sandbox-block-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is for one sandbox, and stays its own', async () => {
    const one = await claim('one');
    const two = await claim('two');
    expect([one.secondByte, two.secondByte]).toEqual([80, 81]);
    two.release();
    one.release();
    expect((await claim('two')).secondByte).toBe(81);
  });

  it('is refused while another one uses it', async () => {
    const one = await claim('one');
    one.release();
    const two = await claim('two');
    expect(two.secondByte).toBe(one.secondByte);
    await expect(claim('one')).rejects.toThrow(
      'Another sandbox uses the addresses 127.80.0.0/16',
    );
  });
});
