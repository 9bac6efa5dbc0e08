import fc from 'fast-check';
import { COMPACT, FULL, layoutOf, type Place } from './layout';
import type { Topology, TopologyBox } from './topology';

const box = (key: string, kind: TopologyBox['kind']): TopologyBox => ({
  key,
  kind,
  isBuilt: true,
});

const SERVICES = ['postgres', 'redis', 'object-storage'] as const;

const anyTopology = fc
  .record({
    hasEdge: fc.boolean(),
    pools: fc.array(fc.integer({ min: 0, max: 40 }), {
      minLength: 1,
      maxLength: 4,
    }),
    controlPlanes: fc.constantFrom(0, 1, 3),
    services: fc.subarray([...SERVICES]),
  })
  .map(({ hasEdge, pools, controlPlanes, services }): Topology => {
    const group = (name: string, count: number) => ({
      key: name === 'control-plane' ? name : `pool-${name}`,
      ...(name === 'control-plane' ? {} : { pool: name }),
      min: count,
      max: count,
      servers: Array.from({ length: count }, (_, index) =>
        box(`${name}-${index + 1}`, 'server'),
      ),
    });
    const poolGroups = pools.map((count, index) => group(`p${index}`, count));
    return {
      entry: [
        box('internet', 'internet'),
        ...(hasEdge ? [box('cloudflare', 'cloudflare')] : []),
        box('load-balancer', 'load-balancer'),
      ],
      ipRange: '10.0.0.0/16',
      groups: [...poolGroups, group('control-plane', controlPlanes)],
      data: services.map(kind => box(kind, kind)),
      edges: poolGroups.flatMap(({ key }) => [
        { from: 'load-balancer', to: key, port: 80 },
        { from: key, to: 'control-plane', port: 6443 },
        ...services.map(to => ({ from: key, to, port: 443 })),
      ]),
    };
  });

const anyWidth = fc.integer({ min: 300, max: 1400 });
const anyMeasures = fc.constantFrom(FULL, COMPACT);

const right = ({ x, width }: Place) => x + width;
const bottom = ({ y, height }: Place) => y + height;
const touch = (a: Place, b: Place) =>
  a.x < right(b) && b.x < right(a) && a.y < bottom(b) && b.y < bottom(a);
const holds = (outer: Place, inner: Place) =>
  inner.x >= outer.x - 0.01 &&
  right(inner) <= right(outer) + 0.01 &&
  inner.y >= outer.y &&
  bottom(inner) <= bottom(outer);

describe('layoutOf', () => {
  it('keeps everything inside the width and apart from each other', () => {
    fc.assert(
      fc.property(anyTopology, anyWidth, anyMeasures, (topology, width, of) => {
        const layout = layoutOf(topology, width, of);
        const boxes = Object.values(layout.boxes);
        const all = { x: 0, y: 0, width, height: layout.height };
        for (const place of [...boxes, layout.network]) {
          expect(holds(all, place)).toBe(true);
        }
        boxes.forEach((place, index) =>
          boxes
            .slice(index + 1)
            .forEach(other => expect(touch(place, other)).toBe(false)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('puts servers into their group and groups into the network', () => {
    fc.assert(
      fc.property(anyTopology, anyWidth, anyMeasures, (topology, width, of) => {
        const { boxes, groups, network } = layoutOf(topology, width, of);
        for (const { key, servers } of topology.groups) {
          expect(holds(network, groups[key])).toBe(true);
          for (const server of servers) {
            expect(holds(groups[key], boxes[server.key])).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives every data service and the load balancer a line', () => {
    fc.assert(
      fc.property(anyTopology, anyWidth, anyMeasures, (topology, width, of) => {
        const keys = layoutOf(topology, width, of).edges.map(({ key }) => key);
        expect(keys.some(key => key.startsWith('load-balancer '))).toBe(true);
        for (const { key } of topology.data) {
          expect(keys).toContain(`network ${key}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for the same topology and width', () => {
    fc.assert(
      fc.property(anyTopology, anyWidth, (topology, width) => {
        expect(layoutOf(topology, width, FULL)).toEqual(
          layoutOf(structuredClone(topology), width, FULL),
        );
      }),
      { numRuns: 30 },
    );
  });
});
