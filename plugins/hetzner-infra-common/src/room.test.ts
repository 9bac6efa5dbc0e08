import { blueprint } from './blueprint';
import { plan } from './plan';
import { changesInPlace, hasRoomFor } from './room';
import { actualOf } from './testing/actual';
import { catalogue } from './testing/catalogue';
import { environmentDocument } from './testing/environment';

const documentOf = (spec: Record<string, unknown>) =>
  environmentDocument({ spec });

const graphOf = (document: ReturnType<typeof documentOf>) =>
  blueprint(document, { catalogue, egressCidrs: [] }).graph;

const pools = (serverType: string, min: number) => ({
  pools: [{ name: 'web', serverType, min, max: 8 }],
});

const changed = (
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  options: { hasRoom?: boolean; diskGb?: number } = {},
) => {
  const document = documentOf(after);
  const from = graphOf(documentOf(before));
  const exists = from.nodes.map(node =>
    actualOf(from.environment, node, { diskGb: options.diskGb }),
  );
  return {
    document,
    changes: plan(graphOf(document), exists, { hasRoom: options.hasRoom }),
  };
};

describe('hasRoomFor', () => {
  const replaced = changed(pools('cx43', 3), pools('cx53', 3)).changes;
  const grown = changed(pools('cx43', 2), pools('cx53', 4)).changes;
  it.each([
    ['one more for servers that are replaced in turn', replaced, 4, 5, true],
    ['none', replaced, 4, 4, false],
    ['new ones and a successor', grown, 3, 6, true],
    ['new ones and no successor', grown, 3, 5, false],
    ['what has no known limit', replaced, 4, undefined, true],
  ])('%s', (_, changes, used, limit, expected) => {
    expect(
      hasRoomFor(changes, {
        used: { servers: used },
        limits: { servers: limit },
      }),
    ).toBe(expected);
  });
});

describe('changesInPlace', () => {
  const controlPlane = (serverType: string) => ({
    controlPlane: { serverType, count: 1 },
  });
  it.each([
    [
      'another architecture',
      'cx23',
      'cax11',
      undefined,
      /^spec.controlPlane.serverType .*is x86 and cax11 is arm/,
    ],
    [
      'a smaller disk',
      'cx43',
      'cx23',
      160,
      /^spec.controlPlane.serverType .*has 160 GB and cx23 40 GB/,
    ],
    ['the disk that it kept', 'cx43', 'cx23', 40, /^$/],
    ['a larger type', 'cx23', 'cx43', 40, /^$/],
  ])('of a control plane to %s', (_, from, to, diskGb, message) => {
    const { document, changes } = changed(
      controlPlane(from),
      controlPlane(to),
      { diskGb },
    );
    const found = changesInPlace(document, changes, catalogue)
      .map(problem => `${problem.path} ${problem.message}`)
      .join();
    expect(found).toMatch(message);
  });

  it('asks nothing of workers that are replaced', () => {
    const { document, changes } = changed(pools('cx43', 2), pools('cx23', 2));
    expect(changesInPlace(document, changes, catalogue)).toEqual([]);
  });

  it('names the pool whose servers have no room for successors', () => {
    const { document, changes } = changed(pools('cx43', 2), pools('cx23', 2), {
      hasRoom: false,
    });
    expect(changesInPlace(document, changes, catalogue)).toEqual([
      expect.objectContaining({
        path: 'spec.pools.0.serverType',
        code: 'pool-disk',
        message: expect.stringContaining('no room for successors'),
      }),
    ]);
  });
});
