/** Where a document says how large its largest pool may get: too many servers are put right there first. */
export function pathOfMostServers(
  pools: readonly { max: number }[],
): `spec.pools.${number}.max` {
  const sizes = pools.map(({ max }) => max);
  return `spec.pools.${sizes.indexOf(Math.max(...sizes))}.max`;
}
