/** Collections that an environment has resources in. */
const COLLECTIONS = [
  'networks',
  'ssh_keys',
  'firewalls',
  'placement_groups',
  'certificates',
  'servers',
  'load_balancers',
];

const to = (collection, id) => ({ collection, id });

/** What a resource of the Hetzner Cloud API refers to, by what it says about itself. */
const REFERENCES = {
  servers: server => [
    ...server.private_net.map(({ network }) => to('networks', network)),
    ...server.public_net.firewalls.map(({ id }) => to('firewalls', id)),
    ...(server.placement_group
      ? [to('placement_groups', server.placement_group.id)]
      : []),
  ],
  load_balancers: balancer => [
    ...balancer.private_net.map(({ network }) => to('networks', network)),
    ...balancer.services
      .flatMap(({ http }) => http?.certificates ?? [])
      .map(id => to('certificates', id)),
  ],
};

/** All pages of a collection. */
async function readAll(url, collection, token) {
  const found = [];
  for (let page = 1; page; ) {
    const response = await fetch(`${url}?per_page=50&page=${page}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) {
      throw new Error(
        `The sandbox answered ${response.status} for ${collection}.`,
      );
    }
    const body = await response.json();
    found.push(...body[collection]);
    page = body.meta.pagination.next_page;
  }
  return found;
}

/**
 * The resources of a project with their references, as its API tells them.
 *
 * @param {string} endpoint of the Hetzner Cloud API
 * @param {string} token of the project
 * @returns {Promise<import('./criticalPath.mjs').Resource[]>}
 */
export async function readResources(endpoint, token) {
  const lists = await Promise.all(
    COLLECTIONS.map(async collection => {
      const found = await readAll(
        `${endpoint}/${collection}`,
        collection,
        token,
      );
      return found.map(resource => ({
        collection,
        id: resource.id,
        refersTo: REFERENCES[collection]?.(resource) ?? [],
      }));
    }),
  );
  return lists.flat();
}
