import type { ActualResource } from './graph';
import { pricedParts, priceOf } from './price';
import { sum } from './money';
import { catalogue } from './testing/catalogue';

const existing = (kind: string, state: object) =>
  ({ kind, key: 'x', state } as unknown as ActualResource);

describe('pricedParts', () => {
  it.each<[string, ActualResource, (string | undefined)[][]]>([
    [
      'a worker',
      existing('server', {
        serverType: 'cx43',
        pool: 'web',
        location: 'fsn1',
      }),
      [
        ['pool-web', 'Workers of the pool web, cx43', 'cx43', '15.9900000000'],
        [
          'public-ipv4',
          'Public IPv4 addresses of the servers',
          undefined,
          '0.5000000000',
        ],
      ],
    ],
    [
      'a control plane',
      existing('server', { serverType: 'cx23', pool: null, location: 'nbg1' }),
      [
        ['control-plane', 'Control plane, cx23', 'cx23', '5.4900000000'],
        [
          'public-ipv4',
          'Public IPv4 addresses of the servers',
          undefined,
          '0.5000000000',
        ],
      ],
    ],
    [
      'a load balancer',
      existing('load-balancer', { type: 'lb11', location: 'fsn1' }),
      [['load-balancer', 'Load balancer, lb11', 'lb11', '7.4900000000']],
    ],
    ['a network', existing('network', {}), []],
  ])('charges %s', (_what, resource, expected) => {
    const parts = pricedParts(resource, catalogue)!;
    expect(
      parts.map(({ line, description, type, price }) => [
        line,
        description,
        type,
        price.monthly,
      ]),
    ).toEqual(expected);
    expect(Number(sum(parts.map(({ price }) => price.monthly)))).toBe(
      Number(priceOf(resource, catalogue).monthly),
    );
  });

  it('charges a bucket by the price book, in the catalogue’s currency only', () => {
    const bucket = existing('bucket', {});
    const entry = {
      description: 'Object storage',
      monthly: '4.99',
      currency: 'EUR',
      source: 'price page',
      asOf: '2026-06-15',
    };
    expect(pricedParts(bucket, catalogue, { objectStorage: entry })).toEqual([
      {
        line: 'object-storage',
        description: 'Object storage',
        price: { hourly: '0.006931', monthly: '4.99' },
        source: 'price page, 2026-06-15',
      },
    ]);
    expect(pricedParts(bucket, catalogue)).toBeUndefined();
    expect(
      pricedParts(bucket, catalogue, {
        objectStorage: { ...entry, currency: 'USD' },
      }),
    ).toBeUndefined();
    expect(priceOf(bucket, catalogue).monthly).toBe('0');
  });

  it('leaves out an address that is free', () => {
    const parts = pricedParts(
      existing('server', { serverType: 'cx43', pool: 'web', location: 'fsn1' }),
      { ...catalogue, primaryIpPrices: [] },
    );
    expect(parts!.map(({ line }) => line)).toEqual(['pool-web']);
  });

  it('does not take for free what the catalogue does not price', () => {
    expect(
      pricedParts(
        existing('server', { serverType: 'cx11', pool: null, location: 'x' }),
        catalogue,
      ),
    ).toBeUndefined();
  });
});
