import {
  OWNERSHIP_LABELS,
  type Labels,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import fc from 'fast-check';
import {
  clusterOf,
  orphanId,
  orphanOf,
  type FoundResource,
  type OrphanFacts,
} from './orphan';

const LOOKED_AT = 1_000;

const facts = (change: Partial<OrphanFacts> = {}): OrphanFacts => ({
  installation: 'ours',
  environments: new Map([
    ['standing', { name: 'prod' }],
    ['gone', { name: 'staging', removedAt: 500 }],
    ['going', { name: 'preview', removedAt: 1_500 }],
  ]),
  networks: new Map([
    [1, 'standing'],
    [2, 'gone'],
    [3, 'lost'],
  ]),
  seenBefore: new Map([
    ['load-balancer 77', 'gone'],
    ['volume 78', 'standing'],
  ]),
  lookedAt: LOOKED_AT,
  ...change,
});

const found = (change: Partial<FoundResource> = {}): FoundResource => ({
  kind: 'server',
  providerId: 7,
  name: 'prod-web-1-g1',
  labels: {},
  createdAt: '2026-11-23T06:00:00Z',
  networks: [],
  ...change,
});

const ours = (environmentId?: string, more: Labels = {}): Labels => ({
  [OWNERSHIP_LABELS.installation]: 'ours',
  ...(environmentId && { [OWNERSHIP_LABELS.environmentId]: environmentId }),
  ...more,
});

const ccm = { 'hcloud-ccm/service-uid': 'abc' };

describe('orphanOf', () => {
  it.each<[string, Partial<FoundResource>, object | undefined]>([
    ['of an environment that stands', { labels: ours('standing') }, undefined],
    [
      'of one that was removed',
      { labels: ours('gone') },
      {
        reason: 'removed',
        environmentId: 'gone',
        environment: 'staging',
        sentence: 'Its environment staging was removed.',
      },
    ],
    [
      'of one that was removed while the provider was read',
      { labels: ours('going') },
      undefined,
    ],
    [
      'of one that the database does not know',
      { labels: ours('lost', { [OWNERSHIP_LABELS.environment]: 'demo' }) },
      {
        reason: 'unknown',
        environmentId: 'lost',
        environment: 'demo',
        sentence:
          'It carries the labels of demo, which the database does not know.',
      },
    ],
    [
      'with the label of the portal and nothing else',
      { labels: ours() },
      expect.objectContaining({ reason: 'unknown' }),
    ],
    ['without labels', {}, undefined],
    [
      'of another portal, though its environment has the id of a removed one',
      {
        labels: {
          [OWNERSHIP_LABELS.installation]: 'theirs',
          [OWNERSHIP_LABELS.environmentId]: 'gone',
        },
      },
      undefined,
    ],
    [
      'without labels in the network of a removed environment',
      { networks: [2] },
      undefined,
    ],
    [
      'made by the cloud controller of a removed environment',
      { kind: 'load-balancer', labels: ccm, networks: [2] },
      {
        reason: 'left',
        maker: 'cloud controller',
        environmentId: 'gone',
        environment: 'staging',
        sentence:
          'The cloud controller of staging made it, and staging was removed.',
      },
    ],
    [
      'made by the cloud controller of one that the database does not know',
      { kind: 'load-balancer', labels: ccm, networks: [3] },
      expect.objectContaining({ reason: 'left', environmentId: 'lost' }),
    ],
    [
      'made by the cloud controller of one that stands',
      { kind: 'load-balancer', labels: ccm, networks: [1] },
      undefined,
    ],
    [
      'made by the cloud controller of another cluster',
      { kind: 'load-balancer', labels: ccm, networks: [99] },
      undefined,
    ],
    [
      'made by some cloud controller, in no network, never seen',
      { kind: 'load-balancer', labels: ccm },
      undefined,
    ],
    [
      'made by the cloud controller of a removed environment whose network is gone',
      { kind: 'load-balancer', providerId: 77, labels: ccm },
      expect.objectContaining({ reason: 'left', environmentId: 'gone' }),
    ],
    [
      'seen before, now in a network of somebody else',
      { kind: 'load-balancer', providerId: 77, labels: ccm, networks: [99] },
      undefined,
    ],
    [
      'a volume of one that stands, detached',
      {
        kind: 'volume',
        providerId: 78,
        labels: { 'managed-by': 'csi-driver' },
      },
      undefined,
    ],
    [
      'made by the autoscaler of a removed environment',
      { labels: { 'hcloud/node-group': 'web' }, networks: [2] },
      expect.objectContaining({ reason: 'left' }),
    ],
    [
      'made by the cluster of another portal, in a network of ours',
      {
        kind: 'load-balancer',
        labels: { ...ccm, [OWNERSHIP_LABELS.installation]: 'theirs' },
        networks: [2],
      },
      undefined,
    ],
  ])('%s', (_what, change, expected) => {
    expect(orphanOf(found(change), facts())).toEqual(expected);
  });

  const anyLabels = fc.dictionary(
    fc.constantFrom(
      OWNERSHIP_LABELS.installation,
      OWNERSHIP_LABELS.environmentId,
      'hcloud-ccm/service-uid',
      'hcloud/node-group',
      'managed-by',
      'app',
    ),
    fc.constantFrom('ours', 'theirs', 'standing', 'gone', 'lost', 'csi-driver'),
  );
  const anyResource = fc.record({
    kind: fc.constantFrom<FoundResource['kind']>(
      'server',
      'load-balancer',
      'volume',
      'network',
    ),
    providerId: fc.constantFrom(7, 77, 78),
    labels: anyLabels,
    networks: fc.uniqueArray(fc.constantFrom(1, 2, 3, 99)),
  });

  it('never names what carries neither our label nor is of a network or a record of ours', () => {
    fc.assert(
      fc.property(anyResource, resource => {
        const installation = resource.labels[OWNERSHIP_LABELS.installation];
        const judged = orphanOf(found(resource), facts());
        if (!judged || installation === 'ours') return;
        expect(installation).toBeUndefined();
        expect(clusterOf(found(resource), facts())).toBeDefined();
      }),
    );
  });

  it('never names what belongs to an environment that stands', () => {
    fc.assert(
      fc.property(anyResource, resource => {
        const judged = orphanOf(found(resource), facts());
        expect(judged?.environmentId).not.toBe('standing');
      }),
    );
  });

  it('names nothing of ours when every environment stands', () => {
    const standing = facts({
      environments: new Map(
        ['standing', 'gone', 'lost'].map(id => [id, { name: id }]),
      ),
    });
    fc.assert(
      fc.property(anyResource, resource => {
        const judged = orphanOf(found(resource), standing);
        const id = resource.labels[OWNERSHIP_LABELS.environmentId];
        expect(
          judged !== undefined && ['standing', 'gone', 'lost'].includes(id),
        ).toBe(false);
      }),
    );
  });
});

it('names an orphan by connection, kind and id', () => {
  expect(
    orphanId({ connection: 'hetzner-prod', kind: 'ssh-key', providerId: 12 }),
  ).toBe('hetzner-prod.ssh-key.12');
});
