/**
 * A number in [0, 1) that depends only on the seed and the key, so that the
 * same request in the same state takes the same time in every run, whatever
 * else happens at once.
 */
export function noise(seed: number, ...key: (string | number)[]): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const char of key.join('\u0000')) {
    hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  }
  // FNV alone barely changes the high bits for short keys; this is the
  // finalizer of MurmurHash3, which spreads them.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
