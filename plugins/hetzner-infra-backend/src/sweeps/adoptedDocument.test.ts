import {
  blueprint,
  environmentSchema,
  parseEnvironmentDocument,
  plan,
  resourceName,
  type ActualResource,
  type Catalogue,
  type EnvironmentDocument,
  type ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import fc from 'fast-check';
import { adoptedDocument } from './adoptedDocument';

const price = { priceHourly: '0.01', priceMonthly: '5' };
const serverType = (name: string, available = true) => ({
  name,
  description: name,
  cores: 2,
  memoryGb: 4,
  diskGb: 40,
  architecture: 'x86',
  cpuType: 'shared',
  locations: [{ name: 'fsn1', available, ...price }],
});
const catalogue: Catalogue = {
  connection: 'sandbox',
  fetchedAt: '2026-11-23T06:00:00Z',
  currency: 'EUR',
  locations: [
    {
      name: 'fsn1',
      networkZone: 'eu-central',
      city: 'Falkenstein',
      country: 'DE',
      description: '',
    },
  ],
  serverTypes: [serverType('cx23'), serverType('cx43', false)],
  loadBalancerTypes: [
    {
      name: 'lb31',
      description: '',
      maxServices: 30,
      maxTargets: 150,
      maxCertificates: 50,
      locations: [{ name: 'fsn1', ...price }],
    },
  ],
};
const egressCidrs = ['198.51.100.4/32'];
const recorded = (name: string) => ({
  asked: [name],
  location: 'fsn1',
  chosen: name,
  reason: null,
});

/** What stands once a document was applied. */
function standing(document: EnvironmentDocument): ActualResource[] {
  const { name } = document.metadata;
  const { graph, problems } = blueprint(document, {
    catalogue,
    egressCidrs,
    recordedChoices: Object.fromEntries(
      document.spec.pools.map(pool => [
        pool.name,
        recorded(String(pool.serverType)),
      ]),
    ),
  });
  expect(problems).toEqual([]);
  return graph.nodes.map(
    (node: ResourceNode, index) =>
      ({
        kind: node.kind,
        key: node.key,
        providerId: index + 1,
        name: resourceName(name, node.kind, node.key, 1),
        generation: 1,
        state:
          node.kind === 'ssh-key' && node.desired.publicKey === null
            ? { publicKey: `ssh-ed25519 AAAA ${name} throw-away` }
            : node.desired,
        busy: false,
        owned: true,
        createdAt: '2026-11-23T06:00:00Z',
        labels: {},
        details: {},
        deleteProtected: false,
      } as ActualResource),
  );
}

const adoption = {
  name: 'xpeditis-demo',
  owner: 'group:default/platform',
  connection: 'sandbox',
  egressCidrs,
};

const document = (spec: object = {}) =>
  environmentSchema.parse({
    apiVersion: 'infra.xpeditis.com/v1alpha1',
    kind: 'Environment',
    metadata: { name: adoption.name, owner: adoption.owner },
    spec: {
      connections: { hetzner: 'sandbox' },
      location: 'fsn1',
      adminAccess: { cidrs: ['203.0.113.7/32'] },
      pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 2 }],
      loadBalancer: { type: 'lb31' },
      ...spec,
    },
  });

function adopted(resources: readonly ActualResource[]) {
  const { document: described, choices } = adoptedDocument(resources, adoption);
  const parsed = parseEnvironmentDocument(described);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return { environment: parsed.environment, choices };
}

const anyDocument = fc
  .record({
    count: fc.constantFrom(1, 3),
    ssh: fc.boolean(),
    admins: fc.uniqueArray(fc.nat(250), { minLength: 1, maxLength: 4 }),
    keys: fc.nat(2),
    edge: fc.boolean(),
    pools: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('web', 'jobs', 'web-2'),
        serverType: fc.constantFrom('cx23', 'cx43'),
        min: fc.integer({ min: 1, max: 12 }),
      }),
      { minLength: 1, maxLength: 3, selector: ({ name }) => name },
    ),
    cookie: fc.constantFrom('XPEDITIS_LB', 'STICKY'),
  })
  .map(({ count, ssh, admins, keys, edge, pools, cookie }) =>
    document({
      adminAccess: {
        cidrs: admins.map(n => `203.0.113.${n}/32`),
        ssh,
        sshKeys: Array.from(
          { length: keys },
          (_, index) => `ssh-ed25519 AAAA${index} ada`,
        ),
      },
      controlPlane: { serverType: 'cx23', count },
      pools: pools.map(pool => ({ ...pool, max: pool.min })),
      loadBalancer: { type: 'lb31', stickyCookie: cookie },
      ...(edge && {
        edge: {
          zone: 'xpeditis.com',
          api: 'api.xpeditis.com',
          app: 'app.xpeditis.com',
        },
      }),
    }),
  );

describe('adoptedDocument', () => {
  it('describes what stands so that nothing is to be done, sold-out types included', () => {
    fc.assert(
      fc.property(anyDocument, wanted => {
        const resources = standing(wanted);
        const { environment, choices } = adopted(resources);
        const { graph, problems } = blueprint(environment, {
          catalogue,
          egressCidrs,
          recordedChoices: choices,
        });
        expect(problems).toEqual([]);
        expect(
          plan(graph, resources).filter(({ change }) => change !== 'keep'),
        ).toEqual([]);
      }),
    );
  });

  it('is protected and has no end', () => {
    expect(adopted(standing(document())).environment.metadata).toEqual({
      name: 'xpeditis-demo',
      owner: 'group:default/platform',
      expiresAt: null,
      protected: true,
    });
  });

  it('asks for no addresses of the portal itself, and for no key that nobody has', () => {
    expect(adopted(standing(document())).environment.spec.adminAccess).toEqual({
      cidrs: ['203.0.113.7/32'],
      ssh: false,
      sshKeys: [],
    });
  });

  it('leaves servers of the autoscaler above the minimum, and what is not ours aside', () => {
    const resources = standing(document());
    const web = resources.find(({ key }) => key === 'web-1')!;
    const { environment } = adopted([
      ...resources,
      { ...web, key: 'x', labels: { 'hcloud/node-group': 'web' } },
      { ...web, key: 'web-2', owned: false },
    ] as ActualResource[]);
    expect(environment.spec.pools).toEqual([
      { name: 'web', serverType: 'cx43', min: 1, max: 1 },
    ]);
  });

  it('says what is missing when too little is left', () => {
    const left = standing(document()).filter(({ kind }) => kind === 'network');
    const parsed = parseEnvironmentDocument(
      adoptedDocument(left, adoption).document,
    );
    expect('problems' in parsed && parsed.problems.map(p => p.path)).toEqual(
      expect.arrayContaining(['spec.location', 'spec.pools']),
    );
  });
});
