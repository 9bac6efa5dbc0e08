import {
  controlPlaneAddresses,
  environmentSchema,
  type ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { EXAMPLE_CLUSTER } from '../__testUtils__/exampleCluster';
import { controlPlane, network, worker } from '../__testUtils__/nodes';
import { MAX_USER_DATA_BYTES } from './cloudConfig';
import { userDataOf, withUserData } from './graphUserData';
import { userDataHash } from './userData';

const { identity, release } = EXAMPLE_CLUSTER;

const POOL_NAMES = Array.from(
  { length: 10 },
  (_, index) => `${'x'.repeat(14)}${index}`,
);

/** As large as the schema lets a document be. */
const LARGEST = environmentSchema.parse({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'x'.repeat(30), owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    network: { ipRange: '192.168.0.0/16', nodes: '192.168.128.0/18' },
    adminAccess: {
      ssh: true,
      cidrs: Array.from({ length: 90 }, (_, index) => `203.0.113.${index}/32`),
      sshKeys: Array.from(
        { length: 20 },
        (_, index) => `ssh-rsa ${'A'.repeat(1000)} ${index}`,
      ),
    },
    controlPlane: { count: 3 },
    pools: POOL_NAMES.map(name => ({
      name,
      serverType: 'cx43',
      min: 9,
      max: 100,
    })),
    edge: {
      zone: 'xpeditis.com',
      api: `${'a'.repeat(63)}.xpeditis.com`,
      app: `${'b'.repeat(63)}.xpeditis.com`,
    },
  },
});

const renamed = (node: ResourceNode<'server'>, key: string) => ({
  ...node,
  key,
});

const NODES: ResourceNode[] = [
  network(),
  ...controlPlaneAddresses(LARGEST.spec.network.nodes).map((privateIp, index) =>
    renamed(controlPlane({ privateIp }), `control-plane-${index + 1}`),
  ),
  ...POOL_NAMES.flatMap(pool => [
    worker({ pool }, `${pool}-1`),
    worker({ pool }, `${pool}-2`),
  ]),
];
const GRAPH = { environment: LARGEST.metadata.name, nodes: NODES };

const made = userDataOf(LARGEST, GRAPH, { identity, release });

it('has user data for each server, and for nothing else', () => {
  expect([...made.keys()]).toEqual(
    NODES.filter(({ kind }) => kind === 'server').map(({ key }) => key),
  );
});

it('fits for the largest document', () => {
  for (const text of made.values()) {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_USER_DATA_BYTES);
  }
});

it('is the same within a pool and another one in each pool', () => {
  const [pool] = POOL_NAMES;
  expect(made.get(`${pool}-1`)).toBe(made.get(`${pool}-2`));
  expect(new Set(made.values()).size).toBe(3 + POOL_NAMES.length);
});

it('does not change where control planes are added', () => {
  const one = {
    ...LARGEST.spec,
    controlPlane: { ...LARGEST.spec.controlPlane },
  };
  one.controlPlane.count = 1;
  const before = userDataOf({ ...LARGEST, spec: one }, GRAPH, {
    identity,
    release,
  });
  expect(before.get('control-plane-1')).toBe(made.get('control-plane-1'));
  expect(before.get(`${POOL_NAMES[0]}-1`)).toBe(made.get(`${POOL_NAMES[0]}-1`));
});

it('stands in the graph as a hash', () => {
  const { nodes } = withUserData(GRAPH, made);
  expect(nodes.map(({ key }) => key)).toEqual(NODES.map(({ key }) => key));
  for (const node of nodes) {
    if (node.kind !== 'server') continue;
    expect(node.desired.userData).toBe(userDataHash(made.get(node.key)!));
  }
});
