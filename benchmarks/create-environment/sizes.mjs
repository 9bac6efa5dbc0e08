/** How large an environment is created: the example as it stands, or as the largest users would have it. */
const LARGE = {
  50: { workers: 50, loadBalancer: 'lb21' },
  90: { workers: 90, loadBalancer: 'lb31' },
};

/** Control planes of the large ones. */
const CONTROL_PLANES = 3;

/** The size of the example itself. */
export const SEED_SIZE = 'seed';

export const SIZE_NAMES = [SEED_SIZE, '50', '90'];

/**
 * The example at a size.
 *
 * @param {object} example examples/xpeditis-prod.yaml
 * @param {string} size one of SIZE_NAMES
 * @returns {object} another document; the example stays as it is
 * @throws {Error} for a size that there is not
 */
export function documentOf(example, size) {
  if (size === SEED_SIZE) return example;
  if (!Object.hasOwn(LARGE, size)) {
    throw new Error(`--size ${size}: there are ${SIZE_NAMES.join(', ')}.`);
  }
  const wanted = LARGE[size];
  const [pool] = example.spec.pools;
  return {
    ...example,
    metadata: { ...example.metadata, name: `xpeditis-${size}` },
    spec: {
      ...example.spec,
      controlPlane: { ...example.spec.controlPlane, count: CONTROL_PLANES },
      pools: [{ ...pool, min: wanted.workers, max: wanted.workers }],
      loadBalancer: {
        ...example.spec.loadBalancer,
        type: wanted.loadBalancer,
      },
    },
  };
}

/**
 * Servers and public addresses that a project needs for a document, as the
 * provider raises such a limit when it is asked to.
 */
export function quotaFor({ spec }) {
  const servers =
    spec.controlPlane.count +
    spec.pools.reduce((sum, pool) => sum + pool.max, 0);
  // Each server has two addresses; the sandbox counts those of the load balancer as well.
  return { servers, primaryIps: 2 * servers + 2 };
}
