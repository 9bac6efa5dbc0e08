import fc from 'fast-check';
import { blueprint } from './blueprint';
import type { ActualResource, ResourceGraph, ServerState } from './graph';
import { inEnglish } from './phrase';
import { changeId, deviationsOf, effective, plan } from './plan';
import { actualOf, applied } from './testing/actual';
import { anyEnvironment } from './testing/anyEnvironment';
import { catalogue } from './testing/catalogue';
import {
  environmentDocument,
  type EnvironmentOverrides,
} from './testing/environment';

const graphOf = (overrides: EnvironmentOverrides = {}) =>
  blueprint(environmentDocument(overrides), { catalogue, egressCidrs: [] })
    .graph;

const standing = (graph: ResourceGraph) =>
  graph.nodes.map(node => actualOf(graph.environment, node));

const nothing = (graph: ResourceGraph): ResourceGraph => ({
  environment: graph.environment,
  nodes: [],
});

const anyGraph = anyEnvironment.map(
  environment => blueprint(environment, { catalogue, egressCidrs: [] }).graph,
);

describe('plan', () => {
  it('of a state that was planned is empty', () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, (before, after) => {
        const exists = applied(before, [], plan(before, []));
        const target = { ...after, environment: before.environment };
        const reached = applied(target, exists, plan(target, exists));
        expect(effective(plan(target, reached))).toEqual([]);
      }),
    );
  });

  it('removes in the reverse order of creation', () => {
    fc.assert(
      fc.property(anyGraph, graph => {
        const created = effective(plan(graph, [])).map(({ key }) => key);
        const removed = effective(plan(nothing(graph), standing(graph)));
        expect(removed.map(({ key }) => key)).toEqual([...created].reverse());
      }),
    );
  });

  it('never puts a change before what it needs', () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, (before, after) => {
        const changes = plan(
          { ...after, environment: before.environment },
          standing(before),
        );
        const position = new Map(
          changes.map((change, index) => [changeId(change), index]),
        );
        changes.forEach((change, index) => {
          for (const need of change.needs) {
            expect(position.get(need)).toBeLessThan(index);
          }
        });
      }),
    );
  });

  it('never touches what is not owned', () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, (before, after) => {
        const foreign = standing(before).map(resource => ({
          ...resource,
          owned: false,
        })) as ActualResource[];
        const changes = effective(
          plan({ ...after, environment: before.environment }, foreign),
        );
        expect(changes.filter(({ change }) => change !== 'create')).toEqual([]);
      }),
    );
  });

  it('gives the same bytes for the same input', () => {
    fc.assert(
      fc.property(anyGraph, graph => {
        const exists = standing(graph).slice(0, 3);
        expect(JSON.stringify(plan(graph, exists))).toBe(
          JSON.stringify(plan(structuredClone(graph), structuredClone(exists))),
        );
      }),
    );
  });

  it('removes a network after all that is attached to it', () => {
    const graph = graphOf();
    const network = effective(plan(nothing(graph), standing(graph))).find(
      ({ kind }) => kind === 'network',
    )!;
    expect(network.needs.map(need => need.split(' ')[1]).sort()).toEqual([
      'control-plane-1',
      'load-balancer',
      'web-1',
      'web-2',
    ]);
  });

  it('keeps the younger of two generations and removes the elder', () => {
    const graph = graphOf();
    const exists = standing(graph);
    const web = graph.nodes.find(({ key }) => key === 'web-1')!;
    const younger = actualOf(graph.environment, web, { generation: 2 });
    const changes = effective(plan(graph, [...exists, younger]));
    expect(
      changes.map(({ change, actual }) => [change, actual?.generation]),
    ).toEqual([['remove', 1]]);
  });

  it('adds and removes servers at the end of a pool', () => {
    const two = graphOf();
    const four = graphOf({
      spec: { pools: [{ name: 'web', serverType: 'cx43', min: 4, max: 8 }] },
    });
    const titles = (graph: ResourceGraph, from: ResourceGraph) =>
      effective(plan(graph, standing(from))).map(
        ({ change, key }) => `${change} ${key}`,
      );
    expect(titles(four, two)).toEqual(['create web-3', 'create web-4']);
    expect(titles(two, four)).toEqual(['remove web-4', 'remove web-3']);
  });

  it.each<[string, Partial<ServerState>, string, RegExp]>([
    [
      'a server that is off',
      { power: 'off' },
      'update',
      /power: is off, wanted on/,
    ],
    [
      'a server without its network',
      { network: null },
      'update',
      /network: is none/,
    ],
    [
      'a server without its firewall',
      { firewalls: [] },
      'update',
      /firewalls: is none/,
    ],
    [
      'a server of another type',
      { serverType: 'cx53' },
      'replace',
      /type: is cx53, wanted cx43/,
    ],
    [
      'a server in another place',
      { location: 'nbg1' },
      'keep',
      /location: is nbg1/,
    ],
    ['a server as it should be', {}, 'keep', /as it should be/],
  ])('for %s', (_, found, change, reason) => {
    const graph = graphOf();
    const exists = standing(graph).map(resource =>
      resource.key === 'web-1'
        ? ({
            ...resource,
            state: { ...resource.state, ...found },
          } as ActualResource)
        : resource,
    );
    expect(
      plan(graph, exists).find(({ key }) => key === 'web-1'),
    ).toMatchObject({
      change,
      reason: expect.stringMatching(reason),
    });
  });

  it('says what a change of type interrupts', () => {
    const graph = graphOf({
      spec: { controlPlane: { serverType: 'cx43' } },
    });
    const change = effective(plan(graph, standing(graphOf())))[0];
    expect(change).toMatchObject({
      key: 'control-plane-1',
      change: 'update',
      interrupts: expect.stringContaining('off for about three minutes'),
    });
  });

  it('waits for what the provider still works on', () => {
    const graph = graphOf();
    const exists = standing(graph).map(resource => ({
      ...resource,
      busy: resource.key === 'web-2',
    })) as ActualResource[];
    expect(effective(plan(graph, exists))).toEqual([
      expect.objectContaining({ key: 'web-2', change: 'update' }),
    ]);
  });

  it('describes what it does in sentences', () => {
    const graph = graphOf();
    expect(effective(plan(graph, [])).map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'Create network xpeditis-prod-network (10.0.0.0/16)',
        'Create firewall xpeditis-prod-firewall-workers (22 from 203.0.113.7/32)',
        'Create server xpeditis-prod-control-plane-1-g1 (cx23, private address 10.0.1.254)',
        'Create load balancer xpeditis-prod-load-balancer (lb11, sticky cookie XPEDITIS_LB, 80 → 443)',
      ]),
    );
  });

  it('tells what stands in the sentences, so that a page can say them in another language', () => {
    const graph = graphOf();
    const subjectOf = (key: string) =>
      plan(graph, []).find(change => change.key === key)?.subject;
    expect(subjectOf('control-plane-1')).toEqual({
      name: 'xpeditis-prod-control-plane-1-g1',
      traits: [
        { code: 'verbatim', params: {}, text: 'cx23' },
        {
          code: 'trait-private-address',
          params: { address: '10.0.1.254' },
          text: 'private address 10.0.1.254',
        },
      ],
    });
    expect(subjectOf('firewall-workers')?.traits).toEqual([
      expect.objectContaining({
        code: 'trait-rule',
        params: { port: '22', sources: '203.0.113.7/32' },
      }),
    ]);
  });

  it('tells why field by field, with the values and what it interrupts', () => {
    const graph = graphOf({ spec: { controlPlane: { serverType: 'cx43' } } });
    const [change] = effective(plan(graph, standing(graphOf())));
    expect(deviationsOf(change)).toEqual([
      {
        field: 'serverType',
        remedy: 'update',
        wanted: ['cx43'],
        found: ['cx23'],
        interrupts: expect.objectContaining({ code: 'server-off-for-type' }),
      },
    ]);
    expect(deviationsOf(plan(graph, [])[0])).toEqual([
      { field: 'existence', remedy: 'create' },
    ]);
    const removal = plan(nothing(graph), standing(graph)).find(
      ({ key }) => key === 'web-1',
    )!;
    expect(deviationsOf(removal)).toEqual([
      {
        field: 'existence',
        remedy: 'remove',
        interrupts: expect.objectContaining({ code: 'moves-away' }),
      },
    ]);
  });

  it('keeps a bucket that is kept for its data, until it is asked for by name', () => {
    const graph = graphOf({
      spec: {
        connections: { hetzner: 'sandbox', objectStorage: 'storage' },
        data: { objectStorage: { bucket: 'documents-of-prod' } },
      },
    });
    const node = graph.nodes.find(({ kind }) => kind === 'bucket')!;
    const bucket = (retained: boolean) =>
      actualOf(graph.environment, node, {
        name: 'documents-of-prod',
        state: { ...node.desired, retained } as ActualResource['state'],
      } as Partial<ActualResource>);
    const changeOf = (retained: boolean, withData?: string[]) =>
      plan(nothing(graph), [bucket(retained)], { withData })[0].change;
    expect(changeOf(false)).toBe('remove');
    expect(changeOf(true)).toBe('keep');
    expect(changeOf(true, ['another'])).toBe('keep');
    expect(changeOf(true, ['documents-of-prod'])).toBe('remove');
    expect(
      plan(graph, [...standing(graph).slice(0, -1), bucket(true)]).at(-1),
    ).toMatchObject({
      change: 'update',
      title: expect.stringContaining('documents-of-prod'),
    });
  });

  it('does not try what the provider of a bucket does not offer', () => {
    const graph = graphOf({
      spec: {
        connections: { hetzner: 'sandbox', objectStorage: 'storage' },
        data: { objectStorage: { bucket: 'documents-of-prod' } },
      },
    });
    const changeWith = (state: object) =>
      plan(
        graph,
        standing(graph).map(resource =>
          resource.kind === 'bucket'
            ? { ...resource, state: { ...resource.state, ...state } }
            : resource,
        ),
      ).find(({ kind }) => kind === 'bucket')!.change;
    expect(changeWith({ lifecycle: 'unavailable' })).toBe('keep');
    expect(changeWith({ lifecycle: 'off' })).toBe('update');
    expect(changeWith({ versioning: 'off' })).toBe('update');
    expect(changeWith({ mark: 'off' })).toBe('update');
  });

  it('says the same in its deviations as in what it interrupts', () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, (before, after) => {
        for (const change of plan(
          { ...after, environment: before.environment },
          standing(before),
        )) {
          const interruptions = deviationsOf(change)
            .filter(({ remedy }) => remedy !== 'report')
            .flatMap(({ interrupts }) => (interrupts ? [interrupts] : []));
          expect(inEnglish(interruptions)).toBe(change.interrupts ?? '');
        }
      }),
    );
  });
});
