import { blueprint } from './blueprint';
import { sum } from './money';
import { plan } from './plan';
import type { Quota } from './quota';
import type { PriceBook } from './priceBook';
import { quote, standingTotals } from './quote';
import type { Catalogue } from './schema/openapi';
import { catalogue, documentedPrices } from './testing/catalogue';
import {
  environmentDocument,
  type EnvironmentOverrides,
} from './testing/environment';

const priceBook: PriceBook = {
  objectStorage: {
    description: 'Object storage',
    monthly: '4.99',
    currency: 'EUR',
    source: 'Hetzner Object Storage, price page',
    asOf: '2026-06-15',
  },
  neon: {
    description: 'Neon Pro',
    monthly: '19',
    currency: 'USD',
    source: 'Neon, price page',
    asOf: '2026-06-15',
  },
  upstash: {
    description: 'Upstash',
    monthly: '0',
    monthlyMax: '10',
    currency: 'USD',
    source: 'Upstash, price page',
    asOf: '2026-06-15',
  },
};

function quoteOf(
  overrides: EnvironmentOverrides = {},
  prices: Catalogue = catalogue,
  quota: Quota = { used: {}, limits: {} },
) {
  const environment = environmentDocument(overrides);
  const drawn = blueprint(environment, { catalogue: prices, egressCidrs: [] });
  return quote({
    environment,
    blueprint: drawn,
    plan: plan(drawn.graph, []),
    catalogue: prices,
    priceBook,
    quota,
  });
}

const bucket = {
  connections: { hetzner: 'sandbox', objectStorage: 'storage' },
  data: { objectStorage: { bucket: 'xpeditis-prod' } },
};

describe('quote', () => {
  it('comes to the sums of the architecture document with its prices', () => {
    const { lines } = quoteOf({ spec: bucket }, documentedPrices);
    const of = (keys: string[]) =>
      sum(
        lines
          .filter(({ key }) => keys.includes(key))
          .map(({ monthly }) => monthly),
      );
    const cluster = ['control-plane', 'pool-web', 'load-balancer'];
    expect(of(cluster)).toBe('55.58');
    expect(of([...cluster, 'object-storage'])).toBe('60.57');
  });

  it('adds up today’s prices, with the maximum when the pools are full', () => {
    // 5.49 + 2 × 15.99 + 7.49 + 3 × 0.50, and at most 8 workers with 9 addresses.
    expect(quoteOf().totals).toEqual([
      {
        currency: 'EUR',
        hourly: expect.any(String),
        monthly: '46.46',
        monthlyMax: '145.40',
      },
    ]);
  });

  it('tells what stands from what is only priced', () => {
    const quoted = quoteOf({
      spec: { ...bucket, data: { ...bucket.data, postgres: { mode: 'neon' } } },
    });
    expect(quoted.totals.map(({ monthly }) => monthly)).toEqual([
      '51.45',
      '19.00',
    ]);
    expect(standingTotals(quoted)).toEqual(quoteOf({ spec: bucket }).totals);
  });

  it('never adds currencies', () => {
    const { totals } = quoteOf({
      spec: {
        data: { postgres: { mode: 'neon' }, redis: { mode: 'upstash' } },
      },
    });
    expect(totals).toEqual([
      expect.objectContaining({ currency: 'EUR', monthly: '46.46' }),
      { currency: 'USD', monthly: '19.00', monthlyMax: '29.00' },
    ]);
  });

  it('names the source of every price', () => {
    for (const line of quoteOf({ spec: bucket }).lines) {
      expect(line.source).toMatch(/2026-/);
    }
  });

  it('says that a part is not created by this version', () => {
    const spec = { data: { postgres: { mode: 'neon' } } };
    const line = quoteOf({ spec }).lines.find(({ key }) => key === 'neon');
    expect(line?.description).toBe('Neon Pro (not created by this version)');
    expect(quoteOf({ spec }).warnings).toContainEqual({
      code: 'not-created',
      path: 'spec.data.postgres',
      params: {},
      message: 'PostgreSQL: not created by this version.',
      blocking: false,
    });
  });

  it('plans and prices the bucket like everything else', () => {
    const { plan: changes, warnings } = quoteOf({ spec: bucket });
    expect(changes.find(({ kind }) => kind === 'bucket')).toMatchObject({
      change: 'create',
      title: 'Create bucket xpeditis-prod',
      monthlyDelta: '4.99',
    });
    expect(warnings.filter(({ path }) => path?.includes('bject'))).toEqual([]);
  });

  it('says that a bucket without a connection is not made', () => {
    const { plan: changes, warnings } = quoteOf({
      spec: { data: bucket.data },
    });
    expect(changes.filter(({ kind }) => kind === 'bucket')).toEqual([]);
    expect(warnings).toContainEqual(
      expect.objectContaining({
        code: 'bucket-without-connection',
        path: 'spec.connections.objectStorage',
      }),
    );
  });

  it('says when the price of a part is not known', () => {
    const edge = {
      zone: 'xpeditis.com',
      api: 'api.xpeditis.com',
      app: 'app.xpeditis.com',
    };
    expect(quoteOf({ spec: { edge } }).warnings).toContainEqual(
      expect.objectContaining({ code: 'price-unknown' }),
    );
  });

  it('prices the pool of self-hosted PostgreSQL as a line of its own', () => {
    const { lines, plan: changes } = quoteOf({
      spec: { data: { postgres: { mode: 'self-hosted' } } },
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ key: 'pool-data', monthly: '8.49' }),
    );
    expect(changes.filter(({ key }) => key.startsWith('data'))).toEqual([]);
  });

  it('shows the price of each change', () => {
    const { plan: changes } = quoteOf();
    expect(changes.find(({ key }) => key === 'web-1')).toMatchObject({
      change: 'create',
      monthlyDelta: '16.49',
    });
    expect(changes.find(({ key }) => key === 'network')).toMatchObject({
      monthlyDelta: '0.00',
    });
  });

  it('blocks what the quota does not allow, and says what to do', () => {
    const { quota, warnings } = quoteOf({}, catalogue, {
      used: { servers: 9 },
      limits: { servers: 10 },
    });
    expect(quota).toContainEqual({
      name: 'servers',
      used: 9,
      after: 12,
      limit: 10,
    });
    expect(warnings).toContainEqual({
      code: 'quota-exceeded',
      params: { quota: 'servers', limit: '10', used: '9', after: '12' },
      path: 'spec.pools.0.min',
      message:
        'The project may have 10 servers; it has 9 and would have 12. Remove some, or ask the provider for a higher limit.',
      blocking: true,
    });
  });

  it.each<[string, number, EnvironmentOverrides['spec'], string]>([
    [
      'the pool that has most workers, while fewer would do',
      8,
      {
        pools: [
          { name: 'web', serverType: 'cx43', min: 1, max: 8 },
          { name: 'jobs', serverType: 'cx43', min: 3, max: 3 },
        ],
      },
      'spec.pools.1.min',
    ],
    [
      'the control planes, when there is no worker to spare',
      8,
      {
        controlPlane: { serverType: 'cx23', count: 3 },
        pools: [{ name: 'web', serverType: 'cx43', min: 0, max: 8 }],
      },
      'spec.controlPlane.count',
    ],
    [
      'the project, when the least is too much',
      10,
      {},
      'spec.connections.hetzner',
    ],
  ])('is put right at %s', (_, used, spec, path) => {
    const { warnings } = quoteOf({ spec }, catalogue, {
      used: { servers: used },
      limits: { servers: 10 },
    });
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'quota-exceeded', path }),
    );
  });

  it('sends who has no room for a load balancer to another project', () => {
    const { warnings } = quoteOf({}, catalogue, {
      used: { loadBalancers: 5 },
      limits: { loadBalancers: 5 },
    });
    expect(warnings).toContainEqual(
      expect.objectContaining({
        code: 'quota-exceeded',
        path: 'spec.connections.hetzner',
      }),
    );
  });

  it('leaves out a limit that nobody told', () => {
    expect(quoteOf().quota).toContainEqual({ name: 'servers', after: 3 });
  });
});
