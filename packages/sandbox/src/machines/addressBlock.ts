import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { lockFile } from '../processLock';
import type { StateFolder } from '../stateFolder';

const FILE = 'addresses.json';

/** Second bytes of loopback addresses: each sandbox whose servers boot has one for itself. */
const FIRST = 80;
const COUNT = 40;

const content = z.object({ secondByte: z.int() });

/** Loopback addresses that no other sandbox of this account uses. */
export interface AddressBlock {
  /** 127.`secondByte`.0.0/16. */
  secondByte: number;
  release(): void;
}

/**
 * Takes a block of addresses for a state folder: the one it had before, else
 * the first that nobody has. Servers listen at their own addresses, so two
 * sandboxes on one machine must not give away the same.
 *
 * @param cache - folder that all sandboxes of this account know
 * @throws Error when another sandbox has the block of this state
 */
export async function claimAddressBlock(
  state: StateFolder,
  cache: string,
): Promise<AddressBlock> {
  const folder = path.join(cache, 'addresses');
  mkdirSync(folder, { recursive: true });
  const before = state.read(FILE, content)?.secondByte;
  const candidates =
    before === undefined
      ? Array.from({ length: COUNT }, (_, index) => FIRST + index)
      : [before];
  for (const secondByte of candidates) {
    const lock = lockFile(
      path.join(realpathSync(folder), `127.${secondByte}.lock`),
    );
    if (!('unlock' in lock)) continue;
    await state.save(FILE, () => ({ secondByte }));
    return { secondByte, release: lock.unlock };
  }
  throw new Error(
    before === undefined
      ? `All ${COUNT} blocks of loopback addresses are in use by other sandboxes: end one of them.`
      : `Another sandbox uses the addresses 127.${before}.0.0/16, which the servers of this state have. End that one, or choose another folder with --state.`,
  );
}
