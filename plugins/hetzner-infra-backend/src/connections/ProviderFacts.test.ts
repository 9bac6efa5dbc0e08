import { mockServices } from '@backstage/backend-test-utils';
import type { HetznerCloud } from '../clouds/hetzner';
import { ProviderFacts } from './ProviderFacts';

describe('the catalogue', () => {
  let seconds: number;
  let inStock: boolean;
  let asked: string[];
  let facts: ProviderFacts;

  const sold = () => [
    {
      name: 'cx43',
      locations: [{ name: 'fsn1', available: inStock }],
      prices: [
        {
          location: 'fsn1',
          price_hourly: { net: '0.0184' },
          price_monthly: { net: '11.4900' },
        },
      ],
    },
  ];

  beforeEach(() => {
    seconds = 0;
    inStock = true;
    asked = [];
    const cloud = {
      scoped: () => cloud,
      async get(path: string) {
        asked.push(path);
        return {
          pricing: {
            currency: 'EUR',
            volume: { price_per_gb_month: { net: '0.0440', gross: '0.0524' } },
            primary_ips: [],
          },
        };
      },
      async listAll(path: string) {
        asked.push(path);
        return path === '/server_types' ? sold() : [];
      },
    } as unknown as HetznerCloud;
    facts = new ProviderFacts({
      registry: { hetzner: async () => cloud },
      logger: mockServices.logger.mock(),
      now: () => new Date(1_000_000 + seconds * 1000),
    });
  });

  const isAvailable = async (options?: { forOrder: boolean }) => {
    const { serverTypes } = await facts.catalogue('sandbox', options);
    return serverTypes[0].locations[0].available;
  };

  it('tells within a minute what is sold out, at one call', async () => {
    expect(await isAvailable()).toBe(true);
    inStock = false;
    asked = [];
    seconds = 29;
    expect(await isAvailable()).toBe(true);
    expect(asked).toEqual([]);
    seconds = 31;
    // Nobody who types waits: who asks next is told.
    expect(await isAvailable()).toBe(true);
    expect(await isAvailable()).toBe(false);
    expect(asked).toEqual(['/server_types']);
  });

  it('looks what is in stock before something is ordered', async () => {
    await isAvailable();
    inStock = false;
    asked = [];
    seconds = 31;
    expect(await isAvailable({ forOrder: true })).toBe(false);
    expect(asked).toEqual(['/server_types']);
  });

  it('reads prices again after ten minutes', async () => {
    await isAvailable();
    asked = [];
    seconds = 601;
    await isAvailable();
    expect(asked.sort()).toEqual([
      '/load_balancer_types',
      '/locations',
      '/pricing',
      '/server_types',
    ]);
  });
});
