import type { Catalogue } from '../schema/openapi';

type ServerTypes = Catalogue['serverTypes'];

const serverType = (
  name: string,
  [cores, memoryGb, diskGb]: [number, number, number],
  priceMonthly: string,
  rest: {
    architecture?: string;
    cpuType?: string;
    available?: string[];
    unavailableAfter?: string;
  } = {},
): ServerTypes[number] => ({
  name,
  description: name.toUpperCase(),
  cores,
  memoryGb,
  diskGb,
  architecture: rest.architecture ?? 'x86',
  cpuType: rest.cpuType ?? 'shared',
  locations: ['fsn1', 'nbg1'].map(location => ({
    name: location,
    available: (rest.available ?? ['fsn1', 'nbg1']).includes(location),
    ...(rest.unavailableAfter
      ? { unavailableAfter: rest.unavailableAfter }
      : {}),
    priceHourly: (Number(priceMonthly) / 624).toFixed(10),
    priceMonthly,
  })),
});

const withdrawn = '2025-12-31T23:59:59+00:00';

/** A catalogue with the provider's prices of June 2026, cx33 sold out in fsn1. */
export const catalogue: Catalogue = {
  connection: 'test',
  fetchedAt: '2026-11-23T06:00:00.000Z',
  currency: 'EUR',
  locations: [
    {
      name: 'fsn1',
      networkZone: 'eu-central',
      city: 'Falkenstein',
      country: 'DE',
      description: 'Falkenstein DC Park 1',
    },
    {
      name: 'nbg1',
      networkZone: 'eu-central',
      city: 'Nuremberg',
      country: 'DE',
      description: 'Nuremberg DC Park 1',
    },
  ],
  serverTypes: [
    serverType('cx22', [2, 4, 40], '5.11', { unavailableAfter: withdrawn }),
    serverType('cx42', [8, 16, 160], '21.49', { unavailableAfter: withdrawn }),
    serverType('cx23', [2, 4, 40], '5.4900000000'),
    serverType('cx33', [4, 8, 80], '8.4900000000', { available: ['nbg1'] }),
    serverType('cx43', [8, 16, 160], '15.9900000000'),
    serverType('cx53', [16, 32, 320], '29.4900000000'),
    serverType('cax11', [2, 4, 40], '5.9900000000', { architecture: 'arm' }),
    serverType('cpx22', [2, 4, 80], '19.4900000000'),
    serverType('ccx23', [4, 16, 160], '85.9900000000', {
      cpuType: 'dedicated',
    }),
  ],
  loadBalancerTypes: [
    ['lb11', 25, '7.4900000000'] as const,
    ['lb21', 75, '19.9900000000'] as const,
    ['lb31', 150, '37.9900000000'] as const,
  ].map(([name, maxTargets, priceMonthly]) => ({
    name,
    description: name.toUpperCase(),
    maxServices: 5,
    maxTargets,
    maxCertificates: 10,
    locations: ['fsn1', 'nbg1'].map(location => ({
      name: location,
      priceHourly: '0.0120000000',
      priceMonthly,
    })),
  })),
  primaryIpPrices: ['fsn1', 'nbg1'].map(location => ({
    type: 'ipv4',
    location,
    priceHourly: '0.0008000000',
    priceMonthly: '0.5000000000',
  })),
};

/** The same catalogue with the prices of the architecture document, which include the addresses. */
export const documentedPrices: Catalogue = {
  ...catalogue,
  serverTypes: catalogue.serverTypes.map(type => {
    const documented = { cx23: '5.11', cx43: '21.49' }[type.name];
    return documented
      ? {
          ...type,
          locations: type.locations.map(offer => ({
            ...offer,
            priceMonthly: documented,
          })),
        }
      : type;
  }),
  primaryIpPrices: [],
};
