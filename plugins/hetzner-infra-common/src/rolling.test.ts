import fc from 'fast-check';
import { blueprint } from './blueprint';
import type { ResourceGraph } from './graph';
import { changeId, effective, plan } from './plan';
import { actualOf, applied } from './testing/actual';
import { anyEnvironment } from './testing/anyEnvironment';
import { catalogue } from './testing/catalogue';
import { environmentDocument } from './testing/environment';

const graphOf = (spec: Record<string, unknown> = {}) =>
  blueprint(environmentDocument({ spec }), { catalogue, egressCidrs: [] })
    .graph;

const standing = (graph: ResourceGraph) =>
  graph.nodes.map(node => actualOf(graph.environment, node));

const web = (serverType: string, min: number, name = 'web') => ({
  pools: [{ name, serverType, min, max: 8 }],
});

const anyGraph = anyEnvironment.map(
  environment => blueprint(environment, { catalogue, egressCidrs: [] }).graph,
);

const step = (change: ReturnType<typeof plan>[number]) => ({
  key: change.key,
  change: change.change,
  needs: change.needs.filter(need => /web|api|control-plane-\d/.test(need)),
});

const servers = (changes: ReturnType<typeof plan>) =>
  effective(changes).filter(({ kind }) => kind === 'server');

describe('a change of server types', () => {
  it('replaces workers one at a time, the successor first', () => {
    const changes = servers(
      plan(graphOf(web('cx53', 3)), standing(graphOf(web('cx43', 3)))),
    );
    expect(changes.map(step)).toEqual([
      {
        key: 'web-1',
        change: 'replace',
        needs: ['spread-web-1'],
      },
      { key: 'web-2', change: 'replace', needs: ['spread-web-1', 'web-1'] },
      { key: 'web-3', change: 'replace', needs: ['spread-web-1', 'web-2'] },
    ]);
    expect(changes[0].interrupts).toBe(
      'What runs on it moves to other servers once its successor is there.',
    );
  });

  it('changes workers in place where the project has no room', () => {
    const changes = servers(
      plan(graphOf(web('cx53', 2)), standing(graphOf(web('cx43', 2))), {
        hasRoom: false,
      }),
    );
    expect(changes.map(({ key, change }) => [key, change])).toEqual([
      ['web-1', 'update'],
      ['web-2', 'update'],
    ]);
    expect(changes[1].needs).toContain('web-1');
    expect(changes[0].interrupts).toContain('off for about three minutes');
  });

  it('changes control planes in place, one at a time', () => {
    const of = (serverType: string) =>
      graphOf({ controlPlane: { serverType, count: 3 } });
    const changes = servers(plan(of('cx43'), standing(of('cx23'))));
    expect(changes.map(({ key, change }) => [key, change])).toEqual([
      ['control-plane-1', 'update'],
      ['control-plane-2', 'update'],
      ['control-plane-3', 'update'],
    ]);
    expect(changes[2].needs).toContain('control-plane-2');
  });

  it('lets an elder generation go before the next one comes', () => {
    const before = graphOf(web('cx43', 2));
    const after = graphOf(web('cx53', 2));
    const successor = actualOf(
      after.environment,
      after.nodes.find(({ key }) => key === 'web-1')!,
      { generation: 2 },
    );
    const changes = servers(plan(after, [...standing(before), successor]));
    expect(changes.map(({ key, change }) => [key, change])).toEqual([
      ['web-1', 'remove'],
      ['web-2', 'replace'],
    ]);
    expect(changes[1].needs).toContain(changeId(changes[0]));
  });
});

describe('a pool in place of another', () => {
  const before = graphOf(web('cx43', 1));
  const after = graphOf(web('cx43', 1, 'api'));

  it('is there before the old one goes', () => {
    const changes = effective(plan(after, standing(before)));
    const gone = changes.find(({ key }) => key === 'web-1')!;
    expect(gone.needs).toEqual(
      expect.arrayContaining(['api-1', 'load-balancer']),
    );
  });

  it('waits for the old one where the project has no room', () => {
    const changes = effective(
      plan(after, standing(before), { hasRoom: false }),
    );
    const gone = changes.find(({ key }) => key === 'web-1')!;
    expect(changes.find(({ key }) => key === 'api-1')!.needs).toContain(
      changeId(gone),
    );
  });
});

it('puts no change before what it needs, and reaches what is wanted, with room and without', () => {
  fc.assert(
    fc.property(anyGraph, anyGraph, fc.boolean(), (from, to, hasRoom) => {
      const target = { ...to, environment: from.environment };
      const exists = standing(from);
      const changes = plan(target, exists, { hasRoom });
      const ids = changes.map(changeId);
      changes.forEach((change, index) => {
        for (const need of change.needs) {
          expect(ids.slice(0, index)).toContain(need);
        }
      });
      const reached = applied(target, exists, changes);
      expect(effective(plan(target, reached, { hasRoom }))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

it('never has two servers of another type on their way at once', () => {
  fc.assert(
    fc.property(anyGraph, anyGraph, fc.boolean(), (from, to, hasRoom) => {
      const changes = plan(
        { ...to, environment: from.environment },
        standing(from),
        { hasRoom },
      );
      const rolled = changes.filter(
        ({ kind, differences }) =>
          kind === 'server' &&
          differences.some(({ field }) => field === 'serverType'),
      );
      rolled.slice(1).forEach((change, index) => {
        expect(change.needs).toContain(rolled[index].key);
      });
    }),
    { numRuns: 40 },
  );
});
