/** A portal that has an environment of the same name in the same project. */
const OTHER_PORTAL = {
  'infra.xpeditis.com/installation': 'otherportal1',
  'infra.xpeditis.com/environment-id': 'otherenv0001',
  'infra.xpeditis.com/environment': 'shop',
  'infra.xpeditis.com/generation': '1',
  'infra.xpeditis.com/created-by': 'f5c52b1e-6d3b-4d59-b8a4-0f4f6a8f5a11',
};
const otherPortal = (key, rest = {}) => ({
  ...OTHER_PORTAL,
  'infra.xpeditis.com/key': key,
  ...rest,
});

/** What hcloud-cloud-controller-manager puts on a load balancer (load_balancer.go). */
const CLOUD_CONTROLLER = {
  'hcloud-ccm/service-uid': '1c8a1e2c-8f31-4bcd-9b35-b3c2a3b6a3f1',
};

const anySubnet = ipRange => [
  { type: 'cloud', ip_range: ipRange, network_zone: 'eu-central' },
];

/**
 * Fills a project with what the engine has no business with: things without
 * labels, those of another portal that has an environment of the same name, and
 * what the cloud controller of another cluster made.
 *
 * @param {import('./projectApi.mjs').ProjectApi} project
 */
export async function makeForeign(project) {
  const create = (route, body) => project.call('POST', route, body);

  const { network: plain } = await create('/networks', {
    name: 'legacy',
    ip_range: '10.0.0.0/16',
    subnets: anySubnet('10.0.1.0/24'),
  });
  const { network: theirs } = await create('/networks', {
    name: 'shop-network-of-the-other-portal',
    ip_range: '10.0.0.0/16',
    subnets: anySubnet('10.0.1.0/24'),
    labels: otherPortal('network'),
  });
  const { firewall: open } = await create('/firewalls', {
    name: 'legacy-firewall',
    rules: [
      {
        direction: 'in',
        protocol: 'tcp',
        port: '22',
        source_ips: ['0.0.0.0/0'],
      },
    ],
  });
  await create('/firewalls', {
    name: 'shop-firewall-of-the-other-portal',
    labels: otherPortal('firewall-workers'),
  });
  const { placement_group: group } = await create('/placement_groups', {
    name: 'shop-spread-of-the-other-portal',
    type: 'spread',
    labels: otherPortal('spread-web-1'),
  });
  await create('/volumes', {
    name: 'legacy-data',
    size: 10,
    location: 'fsn1',
    format: 'ext4',
  });
  await create('/servers', {
    name: 'legacy-1',
    server_type: 'cx23',
    image: 'debian-12',
    location: 'fsn1',
    networks: [plain.id],
    firewalls: [{ firewall: open.id }],
  });
  await create('/servers', {
    name: 'shop-web-1-of-the-other-portal',
    server_type: 'cx33',
    image: 'ubuntu-24.04',
    location: 'fsn1',
    networks: [theirs.id],
    placement_group: group.id,
    labels: otherPortal('web-1', {
      'infra.xpeditis.com/role': 'worker',
      'infra.xpeditis.com/pool': 'web',
    }),
  });
  await create('/load_balancers', {
    name: 'a1c8a1e2c8f314bcd9b35b3c2a3b6a3f1',
    load_balancer_type: 'lb11',
    location: 'fsn1',
    network: plain.id,
    labels: CLOUD_CONTROLLER,
    services: [{ protocol: 'tcp', listen_port: 80, destination_port: 30080 }],
    targets: [{ type: 'label_selector', label_selector: { selector: 'app' } }],
  });
}

/** What changes by itself while nothing is done with an item. */
function atRest(value) {
  if (Array.isArray(value)) return value.map(atRest);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name]) =>
          !['health_status', 'ingoing_traffic', 'outgoing_traffic'].includes(
            name,
          ),
      )
      .map(([name, inner]) => [name, atRest(inner)]),
  );
}

/**
 * Items by collection and id, so that two looks can be compared.
 *
 * @param {Record<string, any[]>} everything
 * @returns {Map<string, object>}
 */
export function byIdentity(everything) {
  return new Map(
    Object.entries(everything).flatMap(([collection, items]) =>
      items.map(item => [`${collection} ${item.id}`, atRest(item)]),
    ),
  );
}
