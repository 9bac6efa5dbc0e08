import { randomInt } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 12;

/**
 * An id that fits wherever ids end up: as a label's value at the provider, in
 * names and in paths. 36^12 of them, about 62 bits.
 */
export function randomId(): string {
  return Array.from(
    { length: LENGTH },
    () => ALPHABET[randomInt(ALPHABET.length)],
  ).join('');
}
