import {
  blueprint,
  parseEnvironmentDocument,
  type EnvironmentDocument,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  sampleCatalogue,
  sampleEnvironment,
  sampleResource,
} from '../../__testUtils__/samples';
import {
  boxKeyOf,
  serversOfGraph,
  serversOfResources,
  topologyOf,
} from './topology';

function document(spec: object = {}): EnvironmentDocument {
  const { document: input } = sampleEnvironment();
  const parsed = parseEnvironmentDocument({
    ...input,
    spec: { ...(input.spec as object), ...spec },
  });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.environment;
}

const planned = (environment: EnvironmentDocument) =>
  topologyOf(
    environment,
    serversOfGraph(
      blueprint(environment, { catalogue: sampleCatalogue, egressCidrs: [] })
        .graph,
    ),
  );

const arrows = ({ edges }: ReturnType<typeof topologyOf>) =>
  edges.map(({ from, to, port }) => `${from} ${to} ${port}`);

describe('topologyOf', () => {
  it('draws what the blueprint builds', () => {
    const topology = planned(document());
    expect(topology.entry.map(({ key }) => key)).toEqual([
      'internet',
      'load-balancer',
    ]);
    expect(
      topology.groups.map(({ key, min, max, serverType, servers }) => ({
        key,
        min,
        max,
        serverType,
        servers: servers.map(server => server.key),
      })),
    ).toEqual([
      {
        key: 'pool-web',
        min: 2,
        max: 8,
        serverType: 'cx43',
        servers: ['web-1', 'web-2'],
      },
      {
        key: 'control-plane',
        min: 1,
        max: 1,
        serverType: 'cx23',
        servers: ['control-plane-1'],
      },
    ]);
    expect(topology.data).toEqual([]);
    expect(arrows(topology)).toEqual([
      'internet load-balancer 443',
      'load-balancer pool-web 80',
      'pool-web control-plane 6443',
    ]);
  });

  it('names what a request and the application reach, as the architecture document does', () => {
    const topology = planned(
      document({
        edge: {
          zone: 'xpeditis.com',
          api: 'api.xpeditis.com',
          app: 'app.xpeditis.com',
        },
        data: {
          postgres: { mode: 'neon' },
          redis: { mode: 'upstash' },
          objectStorage: { bucket: 'xpeditis-prod' },
        },
      }),
    );
    expect(arrows(topology)).toEqual([
      'internet cloudflare 443',
      'cloudflare load-balancer 443',
      'load-balancer pool-web 80',
      'pool-web control-plane 6443',
      'pool-web postgres 5432',
      'pool-web redis 6379',
      'pool-web bucket 443',
    ]);
    expect(
      [...topology.entry, ...topology.data]
        .filter(({ isBuilt }) => !isBuilt)
        .map(({ key, fact }) => `${key}: ${fact}`),
    ).toEqual([
      'cloudflare: xpeditis.com',
      'postgres: neon',
      'redis: upstash',
      'bucket: xpeditis-prod',
    ]);
  });

  it('draws the bucket as made where it has a connection', () => {
    const { data } = planned(
      document({
        connections: { hetzner: 'sandbox', objectStorage: 'storage' },
        data: { objectStorage: { bucket: 'xpeditis-prod' } },
      }),
    );
    expect(data).toEqual([
      {
        key: 'bucket',
        kind: 'object-storage',
        fact: 'xpeditis-prod',
        isBuilt: true,
      },
    ]);
  });

  it('keeps the groups while no server is known', () => {
    const topology = topologyOf(document(), []);
    expect(topology.groups.map(({ servers }) => servers)).toEqual([[], []]);
    expect(topology.groups[0].serverType).toBe('cx43');
  });

  it('draws the servers that exist, in the order of their numbers, with pools that the document dropped', () => {
    const servers = serversOfResources([
      sampleResource({ key: 'network', kind: 'network' }),
      sampleResource({ key: 'web-10' }),
      sampleResource({ key: 'web-2' }),
      sampleResource({ key: 'old-1', details: { Type: 'cx33' } }),
      sampleResource({ key: 'control-plane-1' }),
    ]);
    expect(
      topologyOf(document(), servers).groups.map(group => [
        group.key,
        group.serverType,
        group.servers.map(({ name }) => name),
      ]),
    ).toEqual([
      ['pool-web', 'cx43', ['web-2', 'web-10']],
      ['pool-old', 'cx33', ['old-1']],
      ['control-plane', 'cx43', ['control-plane-1']],
    ]);
  });

  it('gives a server and the one that replaces it a box each', () => {
    const both = [
      sampleResource({ key: 'web-1', name: 'xpeditis-prod-web-1-g2' }),
      sampleResource({ key: 'web-1', name: 'xpeditis-prod-web-1' }),
      sampleResource({ key: 'web-2' }),
    ];
    const [{ servers }] = topologyOf(
      document(),
      serversOfResources(both),
    ).groups;
    expect(servers.map(({ key, name }) => [key, name])).toEqual([
      ['xpeditis-prod-web-1', 'xpeditis-prod-web-1'],
      ['xpeditis-prod-web-1-g2', 'xpeditis-prod-web-1-g2'],
      ['xpeditis-prod-web-2', 'web-2'],
    ]);
    expect(both.map(boxKeyOf)).toEqual(
      expect.arrayContaining(servers.map(({ key }) => key)),
    );
  });
});
