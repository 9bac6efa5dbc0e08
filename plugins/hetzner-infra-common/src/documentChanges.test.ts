import { documentChanges } from './documentChanges';

const before = {
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'prod', protected: false, expiresAt: null },
  spec: {
    pools: [
      { name: 'web', serverType: 'cx43', min: 2, max: 4 },
      { name: 'data', min: 1 },
    ],
    adminAccess: { cidrs: ['203.0.113.7/32'], sshKeys: [] },
  },
};

describe('documentChanges', () => {
  it('says nothing of equal documents, whatever the order of their pools', () => {
    const { spec } = before;
    expect(
      documentChanges(before, {
        ...before,
        spec: { ...spec, pools: [...spec.pools].reverse() },
      }),
    ).toEqual([]);
  });

  it.each<[string, object, object]>([
    [
      'a value in a named list by its name',
      {
        ...before.spec,
        pools: [{ ...before.spec.pools[0], max: 6 }, before.spec.pools[1]],
      },
      { path: 'spec.pools.web.max', from: '4', to: '6' },
    ],
    [
      'a list of values as a whole',
      {
        ...before.spec,
        adminAccess: { cidrs: ['203.0.113.7/32', '198.51.100.0/24'] },
      },
      {
        path: 'spec.adminAccess.cidrs',
        from: '203.0.113.7/32',
        to: '203.0.113.7/32, 198.51.100.0/24',
      },
    ],
    [
      'what went',
      { ...before.spec, pools: [before.spec.pools[0]] },
      { path: 'spec.pools.data.min', from: '1' },
    ],
    [
      'what came',
      {
        ...before.spec,
        pools: [...before.spec.pools, { name: 'batch' }],
      },
      { path: 'spec.pools.batch', to: 'batch' },
    ],
  ])('tells %s', (_what, spec, change) => {
    expect(documentChanges(before, { ...before, spec })).toEqual([change]);
  });

  it('tells the whole of a first document, and leaves out what is not set', () => {
    expect(documentChanges(undefined, before).map(({ path }) => path)).toEqual([
      'metadata.name',
      'metadata.protected',
      'spec.pools.web.serverType',
      'spec.pools.web.min',
      'spec.pools.web.max',
      'spec.pools.data.min',
      'spec.adminAccess.cidrs',
    ]);
  });

  it('is turned round when its documents are', () => {
    const after = { ...before, spec: { ...before.spec, location: 'nbg1' } };
    expect(documentChanges(after, before)).toEqual([
      { path: 'spec.location', from: 'nbg1' },
    ]);
  });
});
