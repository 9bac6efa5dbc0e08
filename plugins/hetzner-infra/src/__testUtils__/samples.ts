import type {
  Catalogue,
  Connection,
  Environment,
  EnvironmentCost,
  Operation,
  OperationStep,
  Quote,
  Resource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** A ready environment; `change` replaces parts of it. */
export function sampleEnvironment(
  change: Partial<Environment> = {},
): Environment {
  const name = change.name ?? 'xpeditis-prod';
  return {
    id: `id-of-${name}`,
    name,
    owner: 'group:default/platform',
    state: 'ready',
    sentence: 'Ready. 3 of 3 servers run.',
    revision: 1,
    connection: 'sandbox',
    location: 'fsn1',
    document: {
      apiVersion: 'infra.xpeditis.com/v1alpha1',
      kind: 'Environment',
      metadata: { name, owner: 'group:default/platform', protected: false },
      spec: {
        connections: { hetzner: 'sandbox' },
        location: 'fsn1',
        pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
      },
    },
    monthly: [{ currency: 'EUR', monthly: '49.20', monthlyMax: '140.10' }],
    operation: { id: 'op-1', goal: 'apply', state: 'succeeded' },
    createdAt: '2026-11-20T08:00:00Z',
    createdBy: 'user:default/guest',
    ...change,
  };
}

/** A waiting step; `change` replaces parts of it. */
export function sampleStep(change: Partial<OperationStep> = {}): OperationStep {
  const key = change.key ?? 'network';
  return {
    id: `step-${key}`,
    key,
    kind: 'network',
    change: 'create',
    title: `Create ${key}`,
    state: 'waiting',
    ...change,
  };
}

/** A running creation with three steps; `change` replaces parts of it. */
export function sampleOperation(change: Partial<Operation> = {}): Operation {
  return {
    id: 'op-1',
    environment: 'xpeditis-prod',
    environmentId: 'id-of-xpeditis-prod',
    goal: 'apply',
    purpose: 'create',
    revision: 1,
    state: 'running',
    sentence: 'Creating 3 resources.',
    initiator: 'user:default/guest',
    createdAt: '2026-11-20T08:00:00Z',
    startedAt: '2026-11-20T08:00:01Z',
    steps: [
      sampleStep({
        key: 'network',
        state: 'succeeded',
        expectedSeconds: 3,
        startedAt: '2026-11-20T08:00:02Z',
        finishedAt: '2026-11-20T08:00:04Z',
      }),
      sampleStep({
        key: 'web-1',
        kind: 'server',
        state: 'running',
        progress: 40,
        expectedSeconds: 40,
        needs: ['step-network'],
        startedAt: '2026-11-20T08:00:05Z',
      }),
      sampleStep({
        key: 'load-balancer',
        kind: 'load-balancer',
        expectedSeconds: 18,
        needs: ['step-web-1'],
      }),
    ],
    ...change,
  };
}

/** A server as it is wanted; `change` replaces parts of it. */
export function sampleResource(change: Partial<Resource> = {}): Resource {
  const key = change.key ?? 'web-1';
  return {
    key,
    kind: 'server',
    name: `xpeditis-prod-${key}`,
    providerId: `4711-${key}`,
    state: 'running',
    details: { Type: 'cx43', 'Private IP': '10.0.1.2' },
    labels: { 'infra.xpeditis.com/environment': 'xpeditis-prod' },
    drift: [],
    monthly: '15.49',
    currency: 'EUR',
    ...change,
  };
}

/** A Hetzner connection that the platform made in the portal; `change` replaces parts of it. */
export function sampleConnection(change: Partial<Connection> = {}): Connection {
  return {
    name: 'production',
    kind: 'hetzner',
    owner: 'group:default/platform',
    usableBy: [],
    origin: 'api',
    environments: [],
    ...change,
  };
}

const serverType = (
  name: string,
  cores: number,
  locations: Catalogue['serverTypes'][number]['locations'],
): Catalogue['serverTypes'][number] => ({
  name,
  description: name.toUpperCase(),
  cores,
  memoryGb: cores * 2,
  diskGb: cores * 20,
  architecture: 'x86',
  cpuType: 'shared',
  locations,
});

const offer = (
  name: string,
  priceMonthly: string,
  change: object = {},
): Catalogue['serverTypes'][number]['locations'][number] => ({
  name,
  available: true,
  priceHourly: '0.0100',
  priceMonthly,
  ...change,
});

/** A small catalogue: in fsn1 two types can be ordered, one is sold out and one withdrawn. */
export const sampleCatalogue: Catalogue = {
  connection: 'sandbox',
  fetchedAt: '2026-11-20T08:00:00Z',
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
      name: 'hel1',
      networkZone: 'eu-central',
      city: 'Helsinki',
      country: 'FI',
      description: 'Helsinki DC Park 1',
    },
  ],
  serverTypes: [
    serverType('cx43', 8, [offer('fsn1', '15.49'), offer('hel1', '15.49')]),
    serverType('cx23', 2, [offer('fsn1', '4.99')]),
    serverType('cx53', 16, [offer('fsn1', '3.00', { available: false })]),
    serverType('cx22', 2, [
      offer('fsn1', '2.00', {
        available: false,
        unavailableAfter: '2026-01-01T00:00:00Z',
      }),
    ]),
    serverType('cax11', 2, [offer('hel1', '3.79')]),
  ],
  loadBalancerTypes: [
    {
      name: 'lb21',
      description: 'LB21',
      maxServices: 15,
      maxTargets: 75,
      maxCertificates: 25,
      locations: [
        { name: 'fsn1', priceHourly: '0.0300', priceMonthly: '19.90' },
      ],
    },
    {
      name: 'lb11',
      description: 'LB11',
      maxServices: 5,
      maxTargets: 25,
      maxCertificates: 10,
      locations: [
        { name: 'fsn1', priceHourly: '0.0100', priceMonthly: '6.41' },
      ],
    },
  ],
};

/** A quote of a creation; `change` replaces parts of it. */
export function sampleQuote(change: Partial<Quote> = {}): Quote {
  return {
    totals: [
      {
        currency: 'EUR',
        hourly: '0.0890',
        monthly: '55.58',
        monthlyMax: '148.52',
      },
    ],
    lines: [
      {
        key: 'pool-web',
        description: 'Workers of the pool web, cx43',
        type: 'cx43',
        quantity: 2,
        quantityMax: 8,
        hourly: '0.0500',
        monthly: '30.98',
        monthlyMax: '123.92',
        currency: 'EUR',
        source: 'Provider’s price list',
      },
    ],
    plan: [
      {
        key: 'network',
        kind: 'network',
        change: 'create',
        title: 'Create the network xpeditis-prod, 10.0.0.0/16.',
        reason: 'It does not exist.',
        monthlyDelta: '0.00',
      },
    ],
    quota: [{ name: 'servers', used: 2, after: 5, limit: 10 }],
    warnings: [],
    ...change,
  };
}

/** The cost of two days in November; `change` replaces parts of it. */
export function sampleCost(
  change: Partial<EnvironmentCost> = {},
): EnvironmentCost {
  const line = (
    key: string,
    description: string,
    type: string,
    total: string,
    days: [string, string][],
  ) => ({
    key,
    description,
    type,
    currency: 'EUR',
    source: 'Provider’s price list',
    total,
    forecast: String(Number(total) * 10),
    days: days.map(([day, amount]) => ({ day, amount })),
  });
  return {
    environment: 'xpeditis-prod',
    environmentId: 'id-of-xpeditis-prod',
    month: '2026-11',
    until: '2026-11-22T00:00:00Z',
    recordedSince: '2026-11-20T08:00:00Z',
    lines: [
      line('pool-web', 'Workers of the pool web, cx43', 'cx43', '1.984', [
        ['2026-11-20', '0.7936'],
        ['2026-11-21', '1.1904'],
      ]),
      line('load-balancer', 'Load balancer, lb11', 'lb11', '0.288', [
        ['2026-11-21', '0.288'],
      ]),
    ],
    totals: [{ currency: 'EUR', total: '2.272', forecast: '22.72' }],
    ...change,
  };
}
