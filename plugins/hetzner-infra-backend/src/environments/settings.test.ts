import { mockServices } from '@backstage/backend-test-utils';
import { OFFICIAL_HETZNER_ENDPOINT } from '../connections/readConfiguredConnections';
import { POLL_MS, readRunnerSettings } from '../operations/readRunnerSettings';
import { requestHash } from './requestHash';
import { readEnvironmentSettings } from './settings';

const config = (hetznerInfra: unknown) =>
  mockServices.rootConfig({ data: { hetznerInfra } as never });

const entry = {
  description: 'Object storage',
  monthly: '4.99',
  currency: 'EUR',
  source: 'Price table',
  asOf: '2026-06-15',
};

describe('readEnvironmentSettings', () => {
  it('reads addresses and prices', () => {
    expect(
      readEnvironmentSettings(
        config({
          egressCidrs: ['198.51.100.4/32', '2001:db8::/64'],
          prices: { objectStorage: entry },
        }),
        [OFFICIAL_HETZNER_ENDPOINT],
      ),
    ).toEqual({
      egressCidrs: ['198.51.100.4/32', '2001:db8::/64'],
      priceBook: { objectStorage: entry },
    });
    expect(readEnvironmentSettings(config({}), [])).toEqual({
      egressCidrs: [],
      priceBook: {},
    });
  });

  it.each<[string, unknown, string]>([
    [
      'host bits',
      { egressCidrs: ['10.0.0.1/8'] },
      'hetznerInfra.egressCidrs.0',
    ],
    [
      'an amount that is a number',
      { prices: { neon: { ...entry, monthly: 19 } } },
      'hetznerInfra.prices.neon.monthly',
    ],
    [
      'a day that is none',
      { prices: { neon: { ...entry, asOf: 'June' } } },
      'hetznerInfra.prices.neon.asOf',
    ],
    [
      'what it does not know',
      { prices: { coffee: entry } },
      'There is no field coffee here.',
    ],
  ])('refuses %s', (_, data, message) => {
    expect(() => readEnvironmentSettings(config(data), [])).toThrow(message);
  });

  it.each([
    [OFFICIAL_HETZNER_ENDPOINT],
    ['http://127.0.0.1.example.com/v1'],
    ['http://10.0.0.1/v1'],
  ])('refuses clusters at %s that the portal does not reach', endpoint => {
    for (const egressCidrs of [undefined, []]) {
      expect(() =>
        readEnvironmentSettings(config({ egressCidrs }), [
          'http://localhost:7080/v1',
          endpoint,
        ]),
      ).toThrow('hetznerInfra.egressCidrs is missing.');
    }
  });

  it('needs no addresses where all is on this machine', () => {
    expect(
      readEnvironmentSettings(config({}), [
        'http://127.0.0.1:7080/hetzner/v1',
        'http://[::1]:7080/v1',
        'http://localhost/v1',
      ]).egressCidrs,
    ).toEqual([]);
  });
});

describe('readRunnerSettings', () => {
  it('reads leases in seconds', () => {
    expect(
      readRunnerSettings(
        config({ operations: { leaseSeconds: 15, concurrency: 3 } }),
      ),
    ).toEqual({ leaseMs: 15_000, concurrency: 3 });
    expect(readRunnerSettings(config({}))).toEqual({
      leaseMs: 25_000,
      concurrency: 20,
    });
  });

  it('lets an operation of a worker that died be taken over within 30 seconds', () => {
    const { leaseMs } = readRunnerSettings(config({}));
    expect(leaseMs + POLL_MS).toBeLessThan(30_000);
  });

  it.each([
    ['leaseSeconds', 0],
    ['leaseSeconds', 2.5],
    ['concurrency', 0],
    ['concurrency', 1000],
  ])('refuses %s: %d', (name, value) => {
    expect(() =>
      readRunnerSettings(config({ operations: { [name]: value } })),
    ).toThrow(`hetznerInfra.operations.${name} is ${value}.`);
  });
});

describe('requestHash', () => {
  it('is the same for the same content', () => {
    const a = requestHash({
      call: 'create',
      x: { b: [1, { d: 2, c: 3 }], a: null },
    });
    const b = requestHash({
      x: { a: null, b: [1, { c: 3, d: 2 }] },
      call: 'create',
      y: undefined,
    });
    expect(a).toBe(b);
    expect(a).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: null }, {}],
    [{ a: {} }, { a: [] }],
  ])('differs for %j and %j', (a, b) => {
    expect(requestHash(a)).not.toBe(requestHash(b));
  });
});
