import fc from 'fast-check';
import { blueprint } from './blueprint';
import type {
  FirewallState,
  LoadBalancerState,
  ResourceNode,
  ServerState,
} from './graph';
import { PROVIDER_LIMITS } from './limits';
import { catalogue } from './testing/catalogue';
import {
  environmentDocument,
  type EnvironmentOverrides,
} from './testing/environment';
import { anyEnvironment } from './testing/anyEnvironment';

const draw = (
  overrides: EnvironmentOverrides = {},
  egressCidrs: string[] = [],
) => blueprint(environmentDocument(overrides), { catalogue, egressCidrs });

function desired<State>(nodes: ResourceNode[], key: string): State {
  const node = nodes.find(candidate => candidate.key === key);
  if (!node) throw new Error(`No node ${key}`);
  return node.desired as State;
}

describe('blueprint of the documented production environment', () => {
  const drawn = draw({}, ['198.51.100.1/32']);
  const { nodes } = drawn.graph;

  it('has the servers, the network and the load balancer of the document', () => {
    expect(drawn.problems).toEqual([]);
    expect(nodes.map(({ key }) => key)).toEqual([
      'network',
      'ssh-key-1',
      'firewall-control-plane',
      'firewall-workers',
      'certificate',
      'spread-control-plane-1',
      'control-plane-1',
      'spread-web-1',
      'web-1',
      'web-2',
      'load-balancer',
    ]);
    expect(desired<ServerState>(nodes, 'control-plane-1')).toMatchObject({
      serverType: 'cx23',
      privateIp: '10.0.1.254',
      protected: true,
      firewalls: ['firewall-control-plane'],
    });
    expect(desired<ServerState>(nodes, 'web-2')).toMatchObject({
      serverType: 'cx43',
      privateIp: null,
      protected: false,
      firewalls: ['firewall-workers'],
    });
  });

  it('opens 22 and 6443 to the administrators and nothing else', () => {
    expect(
      desired<FirewallState>(nodes, 'firewall-control-plane').rules,
    ).toEqual([
      expect.objectContaining({ port: '22', sources: ['203.0.113.7/32'] }),
      expect.objectContaining({
        port: '6443',
        sources: ['198.51.100.1/32', '203.0.113.7/32'],
      }),
    ]);
    expect(desired<FirewallState>(nodes, 'firewall-workers').rules).toEqual([
      expect.objectContaining({ port: '22', sources: ['203.0.113.7/32'] }),
    ]);
  });

  it('redirects 80 to 443, ends TLS, keeps clients by cookie and reaches workers privately', () => {
    const balancer = desired<LoadBalancerState>(nodes, 'load-balancer');
    expect(balancer).toMatchObject({
      type: 'lb11',
      network: 'network',
      targetPools: ['web'],
      services: [
        {
          protocol: 'https',
          listenPort: 443,
          destinationPort: 80,
          http: {
            certificate: 'certificate',
            redirectHttp: true,
            stickyCookie: { name: 'XPEDITIS_LB' },
          },
          healthCheck: { protocol: 'http', path: '/ping' },
        },
      ],
    });
  });
});

describe('blueprint', () => {
  it('closes SSH unless it is asked for', () => {
    const { graph } = draw({
      spec: { adminAccess: { cidrs: ['203.0.113.7/32'] } },
    });
    expect(
      desired<FirewallState>(graph.nodes, 'firewall-workers').rules,
    ).toEqual([]);
  });

  it('counts the fixed addresses of three control planes down from the end', () => {
    const { graph } = draw({
      spec: { controlPlane: { serverType: 'cx23', count: 3 } },
    });
    expect(
      [1, 2, 3].map(
        n => desired<ServerState>(graph.nodes, `control-plane-${n}`).privateIp,
      ),
    ).toEqual(['10.0.1.254', '10.0.1.253', '10.0.1.252']);
  });

  it('puts at most ten servers into one placement group', () => {
    const { graph } = draw({
      spec: { pools: [{ name: 'web', serverType: 'cx43', min: 21, max: 24 }] },
    });
    const sizes = new Map<string, number>();
    for (const node of graph.nodes) {
      if (node.kind === 'server') {
        const group = node.desired.placementGroup!;
        sizes.set(group, (sizes.get(group) ?? 0) + 1);
      }
    }
    expect(Object.fromEntries(sizes)).toEqual({
      'spread-control-plane-1': 1,
      'spread-web-1': 10,
      'spread-web-2': 10,
      'spread-web-3': 1,
    });
  });

  it.each<[string, EnvironmentOverrides, string, RegExp]>([
    [
      'an unknown location',
      { spec: { location: 'mars1' } },
      'spec.location',
      /fsn1, nbg1/,
    ],
    [
      'an unknown server type',
      { spec: { controlPlane: { serverType: 'cx99' } } },
      'spec.controlPlane.serverType',
      /no server type cx99/,
    ],
    [
      'a location without capacity',
      {
        spec: { pools: [{ name: 'web', serverType: 'cx33', min: 1, max: 1 }] },
      },
      'spec.pools.0.serverType',
      /it can in nbg1/,
    ],
    [
      'an unknown load balancer type',
      { spec: { loadBalancer: { type: 'lb99' } } },
      'spec.loadBalancer.type',
      /lb11, lb21, lb31/,
    ],
    [
      'more targets than the load balancer takes',
      {
        spec: { pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 30 }] },
      },
      'spec.pools.0.max',
      /lb21, which takes 75/,
    ],
    [
      'more servers than a network takes',
      {
        spec: {
          loadBalancer: { type: 'lb31' },
          network: { ipRange: '10.0.0.0/16', nodes: '10.0.0.0/20' },
          pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 100 }],
        },
      },
      'spec.pools.0.max',
      /takes 100/,
    ],
  ])('names %s', (_, overrides, path, message) => {
    expect(draw(overrides).problems).toContainEqual(
      expect.objectContaining({
        path,
        message: expect.stringMatching(message),
      }),
    );
  });

  it('names the largest of several pools, where servers are too many', () => {
    const { problems } = draw({
      spec: {
        pools: [
          { name: 'web', serverType: 'cx43', min: 1, max: 8 },
          { name: 'batch', serverType: 'cx43', min: 0, max: 40 },
        ],
      },
    });
    expect(problems.map(({ path }) => path)).toContain('spec.pools.1.max');
  });

  it('warns of an environment without workers, and only of that', () => {
    const codes = (...mins: number[]) =>
      draw({
        spec: {
          pools: mins.map((min, index) => ({
            name: `pool-${index}`,
            serverType: 'cx43',
            min,
            max: 3,
          })),
        },
      }).warnings.map(({ code }) => code);
    expect(codes(0, 0)).toContain('no-workers');
    expect(codes(0, 1)).not.toContain('no-workers');
  });

  it('warns of open admin access and of parts that are not built yet', () => {
    const { warnings } = draw({
      spec: {
        adminAccess: { cidrs: ['0.0.0.0/0'], ssh: true },
        data: { redis: { mode: 'self-hosted' } },
      },
    });
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([
      ['admin-access-open', 'spec.adminAccess.cidrs'],
      ['not-created', 'spec.data.redis'],
    ]);
  });

  it('has no cycle, no missing need, no key twice, and names that fit', () => {
    fc.assert(
      fc.property(anyEnvironment, environment => {
        const { graph } = blueprint(environment, {
          catalogue,
          egressCidrs: [],
        });
        const position = new Map(
          graph.nodes.map(({ key }, index) => [key, index]),
        );
        expect(position.size).toBe(graph.nodes.length);
        graph.nodes.forEach((node, index) => {
          for (const need of node.needs) {
            // Each need stands before what needs it, so there can be no cycle.
            expect(position.get(need)).toBeLessThan(index);
          }
          expect(
            `${graph.environment}-${node.key}-g999`.length,
          ).toBeLessThanOrEqual(63);
        });
      }),
    );
  });

  it('never draws more than a firewall or a placement group takes', () => {
    fc.assert(
      fc.property(anyEnvironment, environment => {
        const { graph } = blueprint(environment, {
          catalogue,
          egressCidrs: ['198.51.100.1/32'],
        });
        const rules = graph.nodes.flatMap(node =>
          node.kind === 'firewall' ? [node.desired.rules] : [],
        );
        const sources = rules.flat().map(rule => rule.sources.length);
        const members = graph.nodes
          .flatMap(node =>
            node.kind === 'server' ? [node.desired.placementGroup!] : [],
          )
          .reduce(
            (sizes, group) => sizes.set(group, (sizes.get(group) ?? 0) + 1),
            new Map<string, number>(),
          );
        expect(
          Math.max(...rules.map(({ length }) => length)),
        ).toBeLessThanOrEqual(PROVIDER_LIMITS.rulesPerFirewall);
        expect(Math.max(0, ...sources)).toBeLessThanOrEqual(
          PROVIDER_LIMITS.sourcesPerRule,
        );
        expect(Math.max(...members.values())).toBeLessThanOrEqual(
          PROVIDER_LIMITS.serversPerPlacementGroup,
        );
      }),
    );
  });

  it('gives the same bytes for the same input', () => {
    fc.assert(
      fc.property(anyEnvironment, environment => {
        const again = () =>
          JSON.stringify(
            blueprint(structuredClone(environment), {
              catalogue,
              egressCidrs: ['198.51.100.1/32'],
            }),
          );
        expect(again()).toBe(again());
      }),
    );
  });
});
