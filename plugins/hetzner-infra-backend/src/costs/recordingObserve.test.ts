import { mockServices } from '@backstage/backend-test-utils';
import type {
  ActualResource,
  Catalogue,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { StoredEnvironment } from '../environments/EnvironmentStore';
import type { ReadContext } from '../resources/ResourceDriver';
import { recordingObserve } from './recordingObserve';

const catalogue = {
  currency: 'EUR',
  fetchedAt: '2026-11-23T06:00:00Z',
  serverTypes: [
    {
      name: 'cx43',
      locations: [
        { name: 'fsn1', priceHourly: '0.0248', priceMonthly: '15.49' },
      ],
    },
  ],
  loadBalancerTypes: [],
  primaryIpPrices: [
    {
      type: 'ipv4',
      location: 'fsn1',
      priceHourly: '0.0008',
      priceMonthly: '0.50',
    },
  ],
} as unknown as Catalogue;

const server = (key: string, change: object = {}) =>
  ({
    kind: 'server',
    key,
    providerId: 7,
    owned: true,
    createdAt: '2026-11-20T00:00:00Z',
    state: {
      serverType: 'cx43',
      location: 'fsn1',
      pool: 'web',
      power: 'on',
      ...change,
    },
  } as unknown as ActualResource);

const context = {
  owner: { installation: 'i', environmentId: 'e', environment: 'prod' },
} as ReadContext;

function observing(
  seen: ActualResource[],
  change: Partial<Parameters<typeof recordingObserve>[0]> = {},
) {
  const store = { record: jest.fn() };
  const logger = mockServices.logger.mock();
  const observe = recordingObserve({
    observe: async () => seen,
    priceBook: {},
    store,
    environments: {
      find: async () => ({ connection: 'sandbox' } as StoredEnvironment),
    },
    catalogue: async () => catalogue,
    now: () => new Date('2026-11-23T12:00:00Z'),
    logger,
    ...change,
  });
  return { observe, store, logger };
}

describe('recordingObserve', () => {
  it('keeps what costs with its price, and how many servers run', async () => {
    const seen = [
      server('web-1'),
      server('web-2', { power: 'off' }),
      server('old', { serverType: 'cx11' }),
      { kind: 'network', key: 'network', owned: true } as ActualResource,
    ];
    const { observe, store } = observing(seen);
    expect(await observe(context)).toBe(seen);
    expect(store.record).toHaveBeenCalledWith(
      'e',
      {
        startedAt: Date.parse('2026-11-23T12:00:00Z'),
        unpriced: new Set(['server 7']),
        parts: expect.arrayContaining([
          {
            kind: 'server',
            key: 'web-1',
            providerId: '7',
            line: 'pool-web',
            description: 'Workers of the pool web, cx43',
            type: 'cx43',
            hourly: '0.0248',
            monthlyCap: '15.49',
            currency: 'EUR',
            source: 'Provider’s price list, read 2026-11-23T06:00:00Z',
            createdAt: Date.parse('2026-11-20T00:00:00Z'),
          },
          expect.objectContaining({ key: 'web-1', line: 'public-ipv4' }),
          expect.objectContaining({ key: 'web-2', line: 'pool-web' }),
        ]),
      },
      2,
    );
    expect(store.record.mock.calls[0][1].parts).toHaveLength(4);
  });

  it('looks all the same when it cannot be kept, and says so', async () => {
    const seen = [server('web-1')];
    const { observe, logger } = observing(seen, {
      catalogue: async () => {
        throw new Error('The provider does not answer.');
      },
    });
    expect(await observe(context)).toBe(seen);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('prod'),
      expect.objectContaining({ message: 'The provider does not answer.' }),
    );
  });

  it('keeps nothing of a look that failed', async () => {
    const { observe, store } = observing([], {
      observe: async () => {
        throw new Error('half a look');
      },
    });
    await expect(observe(context)).rejects.toThrow('half a look');
    expect(store.record).not.toHaveBeenCalled();
  });
});
