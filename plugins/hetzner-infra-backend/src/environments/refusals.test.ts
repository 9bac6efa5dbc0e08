import {
  environmentSchema,
  type EnvironmentDocument,
  type Quote,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { admit, ownerOf } from './admit';
import { blockingProblems, immutableChanges, priceAbove } from './refusals';

const document = (
  overrides: { name?: string; owner?: string; spec?: object } = {},
): EnvironmentDocument =>
  environmentSchema.parse({
    apiVersion: 'infra.xpeditis.com/v1alpha1',
    kind: 'Environment',
    metadata: {
      name: overrides.name ?? 'prod',
      owner: overrides.owner ?? 'group:default/Team-A',
    },
    spec: {
      connections: { hetzner: 'shop' },
      location: 'fsn1',
      pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 1 }],
      ...overrides.spec,
    },
  });

const quote = (overrides: Partial<Quote>): Quote => ({
  totals: [],
  lines: [],
  plan: [],
  quota: [],
  warnings: [],
  ...overrides,
});

describe('immutableChanges', () => {
  it('finds none in what may change', () => {
    expect(
      immutableChanges(
        document(),
        document({
          owner: 'group:default/other',
          spec: {
            pools: [{ name: 'web', serverType: 'cx23', min: 3, max: 9 }],
            loadBalancer: { type: 'lb21' },
          },
        }),
      ),
    ).toEqual([]);
  });

  it.each<[string, Parameters<typeof document>[0]]>([
    ['metadata.name', { name: 'test' }],
    ['spec.connections.hetzner', { spec: { connections: { hetzner: 'x' } } }],
    ['spec.location', { spec: { location: 'nbg1' } }],
    [
      'spec.network.ipRange',
      { spec: { network: { ipRange: '10.0.0.0/15', nodes: '10.0.1.0/24' } } },
    ],
    [
      'spec.network.nodes',
      { spec: { network: { ipRange: '10.0.0.0/16', nodes: '10.0.2.0/24' } } },
    ],
  ])('names %s', (path, overrides) => {
    expect(immutableChanges(document(), document(overrides))).toEqual([
      expect.objectContaining({
        path,
        code: 'immutable',
        message: expect.stringContaining('cannot change'),
      }),
    ]);
  });
});

it('compares with a document that is older than the schema', () => {
  expect(immutableChanges({ spec: { location: 'nbg1' } }, document())).toEqual([
    {
      path: 'spec.location',
      code: 'immutable',
      params: { was: 'nbg1', wanted: 'fsn1' },
      message: expect.stringContaining('It is nbg1 and cannot change'),
    },
  ]);
});

describe('priceAbove', () => {
  const costs = quote({
    totals: [
      { currency: 'EUR', monthly: '55.58', monthlyMax: '120.00' },
      { currency: 'USD', monthly: '900.00', monthlyMax: '900.00' },
    ],
  });

  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['55.58', false],
    ['55.580', false],
    ['56', false],
    ['55.57', true],
    ['9.99', true],
    ['55', true],
  ])('compares 55.58 with %p', (agreed, above) => {
    expect(priceAbove(costs, 'EUR', agreed) !== undefined).toBe(above);
  });
});

it('blockingProblems keeps what blocks', () => {
  expect(
    blockingProblems(
      quote({
        warnings: [
          { code: 'a', message: 'One.', blocking: true, path: 'spec.pools' },
          { code: 'b', message: 'Two.', blocking: false },
          { code: 'c', message: 'Three.', blocking: true },
        ],
      }),
    ),
  ).toEqual([
    { path: 'spec.pools', message: 'One.', code: 'a' },
    { path: '', message: 'Three.', code: 'c' },
  ]);
});

describe('admit', () => {
  const connection = {
    name: 'shop',
    kind: 'hetzner' as const,
    owner: 'group:default/platform',
    usableBy: ['group:default/team-a'],
    origin: 'api' as const,
  };
  const member = {
    ref: 'user:default/bo',
    groups: ['group:default/team-a'],
    actsForPlatform: false,
  };
  const stranger = { ...member, groups: [] };
  const platform = { ...stranger, actsForPlatform: true };

  it('compares owners in lower case', () => {
    expect(ownerOf(document())).toBe('group:default/team-a');
    expect(() => admit(document(), member, connection)).not.toThrow();
  });

  it.each([
    [
      'who is no member',
      stranger,
      connection,
      'metadata.owner',
      'NotAllowedError',
    ],
    [
      'a connection that is not meant for the owner',
      member,
      { ...connection, usableBy: ['group:default/team-b'] },
      'spec.connections.hetzner',
      'NotAllowedError',
    ],
    [
      'a connection that there is not',
      member,
      undefined,
      'spec.connections.hetzner',
      'InputError',
    ],
  ])('refuses %s', (_, caller, found, path, name) => {
    expect(() => admit(document(), caller, found)).toThrow(
      expect.objectContaining({
        name,
        fields: [expect.objectContaining({ path, code: expect.any(String) })],
      }),
    );
  });

  it('lets the platform act for everybody', () => {
    expect(() =>
      admit(document(), platform, { ...connection, usableBy: [] }),
    ).not.toThrow();
    expect(() => admit(document(), platform, undefined)).toThrow(
      'There is no connection named shop.',
    );
  });
});
