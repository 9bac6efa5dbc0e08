import { hetznerCatalogue, type HetznerOffer } from './hetznerCatalogue';

const price = (net: string) => ({ net, gross: net });

const row = (location: string, hourly: string, monthly: string) => ({
  location,
  price_hourly: price(hourly),
  price_monthly: price(monthly),
  included_traffic: 0,
  price_per_tb_traffic: price('1.00'),
});

const place = (
  name: string,
  available: boolean,
  unavailableAfter?: string,
) => ({
  id: 1,
  name,
  available,
  recommended: false,
  deprecation: unavailableAfter
    ? { announced: '2026-01-01T00:00:00Z', unavailable_after: unavailableAfter }
    : null,
});

const offer = {
  locations: [
    {
      id: 1,
      name: 'fsn1',
      description: 'Falkenstein DC Park 1',
      city: 'Falkenstein',
      country: 'DE',
      latitude: 0,
      longitude: 0,
      network_zone: 'eu-central',
    },
  ],
  serverTypes: [
    {
      id: 1,
      name: 'cx43',
      description: 'CX 43',
      cores: 8,
      memory: 16,
      disk: 160,
      deprecated: false,
      architecture: 'x86',
      cpu_type: 'shared',
      storage_type: 'local',
      prices: [
        row('fsn1', '0.0192', '11.99'),
        row('nbg1', '0.0192', '11.99'),
        row('hel1', '0.0192', '11.99'),
      ],
      locations: [
        place('fsn1', true),
        place('nbg1', false, '2026-12-01T00:00:00Z'),
      ],
    },
    {
      id: 2,
      name: 'nowhere',
      description: 'Nowhere',
      cores: 1,
      memory: 1,
      disk: 1,
      deprecated: false,
      architecture: 'arm',
      cpu_type: 'shared',
      storage_type: 'local',
      prices: [],
      locations: [],
    },
  ],
  loadBalancerTypes: [
    {
      id: 1,
      name: 'lb11',
      description: 'LB11',
      max_connections: 10000,
      max_services: 5,
      max_targets: 25,
      max_assigned_certificates: 10,
      deprecated: null,
      deprecation: null,
      prices: [row('fsn1', '0.0100', '5.49')],
    },
  ],
  pricing: {
    currency: 'EUR',
    vat_rate: '19.00',
    volume: { price_per_gb_month: { net: '0.0440', gross: '0.0524' } },
    primary_ips: [
      { type: 'ipv4', prices: [row('fsn1', '0.0008', '0.50')] },
      { type: 'ipv6', prices: [row('fsn1', '0.0000', '0.00')] },
    ],
  },
} as unknown as HetznerOffer;

it('tells the offer in the words of the catalogue: net, per location', () => {
  expect(
    hetznerCatalogue('prod', offer, new Date('2026-11-23T08:00:00.000Z')),
  ).toEqual({
    connection: 'prod',
    fetchedAt: '2026-11-23T08:00:00.000Z',
    currency: 'EUR',
    locations: [
      {
        name: 'fsn1',
        networkZone: 'eu-central',
        city: 'Falkenstein',
        country: 'DE',
        description: 'Falkenstein DC Park 1',
      },
    ],
    serverTypes: [
      {
        name: 'cx43',
        description: 'CX 43',
        cores: 8,
        memoryGb: 16,
        diskGb: 160,
        architecture: 'x86',
        cpuType: 'shared',
        locations: [
          {
            name: 'fsn1',
            available: true,
            priceHourly: '0.0192',
            priceMonthly: '11.99',
          },
          {
            name: 'nbg1',
            available: false,
            unavailableAfter: '2026-12-01T00:00:00Z',
            priceHourly: '0.0192',
            priceMonthly: '11.99',
          },
          {
            name: 'hel1',
            available: false,
            priceHourly: '0.0192',
            priceMonthly: '11.99',
          },
        ],
      },
    ],
    loadBalancerTypes: [
      {
        name: 'lb11',
        description: 'LB11',
        maxServices: 5,
        maxTargets: 25,
        maxCertificates: 10,
        locations: [
          { name: 'fsn1', priceHourly: '0.0100', priceMonthly: '5.49' },
        ],
      },
    ],
    volumePrice: '0.0440',
    primaryIpPrices: [
      {
        type: 'ipv4',
        location: 'fsn1',
        priceHourly: '0.0008',
        priceMonthly: '0.50',
      },
      {
        type: 'ipv6',
        location: 'fsn1',
        priceHourly: '0.0000',
        priceMonthly: '0.00',
      },
    ],
  });
});
