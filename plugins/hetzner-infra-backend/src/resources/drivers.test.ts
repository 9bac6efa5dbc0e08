import type {
  ResourceKind,
  ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  certificate,
  controlPlane,
  firewall,
  httpService,
  httpsService,
  loadBalancer,
  network,
  placementGroup,
  rule,
  sshKey,
  tcpService,
  worker,
} from '../__testUtils__/nodes';
import type { TestProject } from '../__testUtils__/testProject';
import { withTestProject } from '../__testUtils__/withTestProject';

let project: TestProject;

withTestProject(given => {
  project = given;
});

const ED25519 =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHPMfQZkn0LtVGCbn2bg1/1rbVSbbC8RlCnvMqZ0dNUZ somebody@laptop';

/** What a node of a kind needs to exist. */
const NEEDS: Partial<Record<ResourceKind, ResourceNode[]>> = {
  server: [network(), sshKey(), firewall(), placementGroup()],
  'load-balancer': [network(), certificate()],
};

const VARIANTS: [string, ResourceNode][] = [
  ['a network', network()],
  [
    'a network in another range and zone',
    network({
      ipRange: '172.16.0.0/20',
      nodes: '172.16.4.0/22',
      networkZone: 'us-east',
    }),
  ],
  ['a throw-away SSH key', sshKey()],
  ['the SSH key of a person', sshKey(ED25519)],
  ['a firewall', firewall()],
  ['a firewall that is closed', firewall([])],
  [
    'a firewall with rules of every protocol',
    firewall([
      rule({ sources: ['2001:db8::/32', '203.0.113.7/32'] }),
      rule({ protocol: 'udp', port: '1024-5000', description: '' }),
      rule({ protocol: 'icmp', port: null }),
    ]),
  ],
  ['a placement group', placementGroup()],
  ['a certificate', certificate()],
  ['a certificate for one name', certificate(['www.xpeditis.com'])],
  ['a worker', worker()],
  [
    'a worker without anything around it',
    worker({ placementGroup: null, firewalls: [], network: null, pool: null }),
  ],
  ['a worker that is off', worker({ power: 'off' })],
  ['a worker that is protected', worker({ protected: true })],
  ['a control plane with a fixed address', controlPlane()],
  ['a control plane that is off', controlPlane({ power: 'off' })],
  ['a load balancer', loadBalancer()],
  [
    'a load balancer with services of every protocol',
    loadBalancer({
      services: [
        httpsService({
          http: {
            certificate: 'certificate',
            redirectHttp: false,
            stickyCookie: null,
          },
        }),
        tcpService(5432),
        httpService(8080),
      ],
    }),
  ],
  [
    'a load balancer with another algorithm',
    loadBalancer({ algorithm: 'least_connections' }),
  ],
  [
    'a load balancer with several pools',
    loadBalancer({ targetPools: ['web', 'jobs'] }),
  ],
  [
    'a load balancer without network and targets',
    loadBalancer({ network: null, targetPools: [] }),
  ],
];

describe.each(VARIANTS)('%s', (_title, node) => {
  beforeEach(() => project.createAll(NEEDS[node.kind] ?? []));

  it('is as wanted after it was created', async () => {
    const made = await project.create(node);
    expect(await project.differencesOf(node)).toEqual([]);
    const found = await project.find(node);
    expect(found).toMatchObject({
      key: node.key,
      providerId: made.providerId,
      generation: 1,
      owned: true,
      busy: false,
    });
    expect(Object.values(found.details)).not.toContain('');
  });

  it('is created once, however often that is asked for', async () => {
    const made = await project.create(node);
    const again = await project.create(node);
    expect(again.providerId).toBe(made.providerId);
    expect(await project.differencesOf(node)).toEqual([]);
  });

  it('stays as it is when it is updated without need', async () => {
    const made = await project.create(node);
    const updated = await project.update(node);
    expect(updated.providerId).toBe(made.providerId);
    expect(await project.differencesOf(node)).toEqual([]);
  });

  it('goes when it is removed, and may be gone before', async () => {
    await project.create(node);
    const found = await project.find(node);
    await project.remove(found);
    const left = await project.observe();
    expect(left.filter(({ key }) => key === node.key)).toEqual([]);
    await expect(project.remove(found)).resolves.toBeUndefined();
  });
});
