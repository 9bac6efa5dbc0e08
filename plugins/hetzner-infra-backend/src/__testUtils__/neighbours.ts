import type { HetznerCloud } from '../clouds/hetzner';

const NETWORK = { ip_range: '10.9.0.0/16' };

/**
 * What stands in a project and is nobody's business here: without labels, of
 * another portal, made by the cloud controller of another cluster.
 */
export async function addNeighbours(cloud: HetznerCloud): Promise<void> {
  const { network } = await cloud.post('/networks', {
    body: {
      ...NETWORK,
      name: 'neighbours',
      expose_routes_to_vswitch: false,
      subnets: [
        { type: 'cloud', network_zone: 'eu-central', ip_range: '10.9.1.0/24' },
      ],
    },
  });
  const { action } = await cloud.post('/load_balancers', {
    body: {
      name: 'of-another-cluster',
      load_balancer_type: 'lb11',
      location: 'fsn1',
      network: network.id,
      labels: { 'hcloud-ccm/service-uid': 'another' },
    },
  });
  const answers = await Promise.all([
    cloud.post('/placement_groups', {
      body: { name: 'without-labels', type: 'spread' },
    }),
    cloud.post('/firewalls', {
      body: {
        name: 'of-another-portal',
        labels: {
          'infra.xpeditis.com/installation': 'another',
          'infra.xpeditis.com/environment-id': 'another00000',
          'infra.xpeditis.com/environment': 'prod',
        },
      },
    }),
    cloud.post('/volumes', {
      body: {
        name: 'of-some-csi-driver',
        size: 10,
        location: 'fsn1',
        labels: { 'managed-by': 'csi-driver' },
      },
    }),
  ]);
  await cloud.waitFor([action, answers[2].action]);
}

const COLLECTIONS = [
  '/servers',
  '/load_balancers',
  '/networks',
  '/firewalls',
  '/placement_groups',
  '/volumes',
  '/certificates',
  '/ssh_keys',
] as const;

/** Everything in the project: collection, name, and labels as text. */
export async function everythingIn(cloud: HetznerCloud): Promise<string[]> {
  const lists = await Promise.all(
    COLLECTIONS.map(async path =>
      ((await cloud.listAll(path)) as { name: string; labels: object }[]).map(
        ({ name, labels }) => `${path} ${name} ${JSON.stringify(labels)}`,
      ),
    ),
  );
  return lists.flat().sort();
}
