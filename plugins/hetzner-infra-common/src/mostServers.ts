/**
 * Where a document says how large its largest pool may get, or is at least: too many servers are put right
 * there first.
 */
export function pathOfMostServers<Bound extends 'min' | 'max' = 'max'>(
  pools: readonly { min: number; max: number }[],
  bound: Bound = 'max' as Bound,
): `spec.pools.${number}.${Bound}` {
  const sizes = pools.map(pool => pool[bound]);
  return `spec.pools.${sizes.indexOf(Math.max(...sizes))}.${bound}`;
}
