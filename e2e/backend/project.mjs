/** Collections that an environment has resources in. */
const COLLECTIONS = [
  'certificates',
  'firewalls',
  'load_balancers',
  'networks',
  'placement_groups',
  'servers',
  'ssh_keys',
  'volumes',
];

/**
 * The names of all that stands in a project of the sandbox, as its API tells them.
 *
 * @param {string} sandboxUrl
 * @param {string} project
 * @returns {Promise<Record<string, string[]>>} sorted, by collection; those that are empty are left out
 */
export async function namesStanding(sandboxUrl, project) {
  const lists = await Promise.all(
    COLLECTIONS.map(async collection => {
      const response = await fetch(
        `${sandboxUrl}/hetzner/v1/${collection}?per_page=50`,
        { headers: { authorization: `Bearer ${project}` } },
      );
      if (!response.ok) {
        throw new Error(
          `The sandbox answered ${response.status} for ${collection}.`,
        );
      }
      const body = await response.json();
      return [collection, body[collection].map(({ name }) => name).sort()];
    }),
  );
  return Object.fromEntries(lists.filter(([, names]) => names.length > 0));
}
