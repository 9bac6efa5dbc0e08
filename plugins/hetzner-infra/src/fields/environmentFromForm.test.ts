import { parseEnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  environmentFromForm,
  fieldOfPath,
  type EnvironmentForm,
  type EnvironmentFormField,
} from './environmentFromForm';

/** All but the list of pools, which the form of a change has in place of one pool's fields. */
const FULL: Required<Omit<EnvironmentForm, 'pools'>> = {
  name: 'xpeditis-prod',
  owner: 'group:default/platform',
  connection: 'sandbox',
  location: 'fsn1',
  controlPlaneServerType: 'cx23',
  controlPlaneCount: 1,
  poolServerType: 'cx43',
  poolMin: 2,
  poolMax: 8,
  loadBalancerType: 'lb11',
  stickyCookie: 'XPEDITIS_LB',
  adminCidrs: ['203.0.113.7/32'],
  ssh: true,
  sshKeys: [
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO2FptNZ3cbdIyfREDmlPiYhjiMuRl9iTBKaVKTOEG7B admin',
  ],
  ipRange: '10.0.0.0/16',
  nodesRange: '10.0.1.0/24',
  expiresAt: '2026-12-01T18:00:00Z',
  protected: true,
  edgeZone: 'xpeditis.com',
  edgeApi: 'api.xpeditis.com',
  edgeApp: 'app.xpeditis.com',
  postgres: 'self-hosted',
  redis: 'self-hosted',
  bucket: 'xpeditis-prod',
  objectStorage: 'storage',
};

const fields = Object.keys(FULL) as Exclude<EnvironmentFormField, 'pools'>[];

/** Every value of a document with its dotted path. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, item]) =>
    leaves(item, path ? `${path}.${key}` : key),
  );
}

describe('environmentFromForm', () => {
  it('builds the document of the seed from a form that is filled in', () => {
    const document = environmentFromForm(FULL);

    expect(document).toEqual({
      apiVersion: 'infra.xpeditis.com/v1alpha1',
      kind: 'Environment',
      metadata: {
        name: 'xpeditis-prod',
        owner: 'group:default/platform',
        expiresAt: '2026-12-01T18:00:00Z',
        protected: true,
      },
      spec: {
        connections: { hetzner: 'sandbox', objectStorage: 'storage' },
        location: 'fsn1',
        network: { ipRange: '10.0.0.0/16', nodes: '10.0.1.0/24' },
        adminAccess: {
          cidrs: FULL.adminCidrs,
          ssh: true,
          sshKeys: FULL.sshKeys,
        },
        controlPlane: { serverType: 'cx23', count: 1 },
        pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
        loadBalancer: { type: 'lb11', stickyCookie: 'XPEDITIS_LB' },
        edge: {
          zone: 'xpeditis.com',
          api: 'api.xpeditis.com',
          app: 'app.xpeditis.com',
        },
        data: {
          postgres: { mode: 'self-hosted' },
          redis: { mode: 'self-hosted' },
          objectStorage: { bucket: 'xpeditis-prod' },
        },
      },
    });
    expect(parseEnvironmentDocument(document)).toHaveProperty('environment');
  });

  it.each<[string, EnvironmentForm, object]>([
    [
      'leaves out what is not filled in',
      {},
      {
        metadata: {},
        spec: { connections: {}, network: {}, pools: [{ name: 'web' }] },
      },
    ],
    [
      'leaves out an empty text, which the wizard makes of a cleared field',
      { name: '', expiresAt: '' },
      { metadata: {} },
    ],
    [
      'leaves out an empty row of a list that was just added',
      { adminCidrs: ['203.0.113.7/32', undefined as unknown as string] },
      { spec: { adminAccess: { cidrs: ['203.0.113.7/32'] } } },
    ],
    [
      'names the hosts of a zone that says nothing else',
      { edgeZone: 'shop.com', edgeApi: '' },
      {
        spec: {
          edge: { zone: 'shop.com', api: 'api.shop.com', app: 'app.shop.com' },
        },
      },
    ],
    [
      'leaves out data services that are not wanted',
      {
        postgres: 'none',
        redis: 'upstash',
        bucket: '',
        objectStorage: 'storage',
      },
      { spec: { connections: {}, data: { redis: { mode: 'upstash' } } } },
    ],
    [
      'keeps nought and no, which are answers',
      { poolMin: 0, ssh: false, protected: false },
      {
        metadata: { protected: false },
        spec: { adminAccess: { ssh: false }, pools: [{ min: 0 }] },
      },
    ],
    [
      'ignores the wizard’s other parameters',
      { name: 'a', quote: { monthly: '1.00' } } as EnvironmentForm,
      { metadata: { name: 'a' } },
    ],
  ])('%s', (_title, form, expected) => {
    const document = environmentFromForm(form);
    expect(document).toMatchObject(expected);
    expect(JSON.stringify(document)).not.toMatch(/quote|expiresAt/);
  });

  it.each(fields)('puts %s where its problems are reported', field => {
    // The hosts are part of the edge, which begins with its zone.
    // Where the bucket is counts only where there is one.
    const edge = { edgeZone: 'other.com', bucket: 'other' };
    const before = leaves(environmentFromForm(edge));
    const added = leaves(
      environmentFromForm({ ...edge, [field]: FULL[field] }),
    ).filter(
      ([path, value]) =>
        !before.some(([known, old]) => known === path && old === value),
    );
    expect(added.length).toBeGreaterThan(0);
    expect(fieldOfPath(added[0][0])).toBe(field);
  });
});

describe('fieldOfPath', () => {
  it.each<[string, EnvironmentFormField | undefined]>([
    ['spec.network.nodes', 'nodesRange'],
    ['spec.adminAccess.cidrs.3', 'adminCidrs'],
    ['spec.pools.0.max', 'poolMax'],
    ['spec.pools.1.max', 'pools'],
    ['spec.edge.zone', 'edgeZone'],
    ['spec.edge', undefined],
    ['spec.data.postgres.mode', 'postgres'],
    ['spec.workloads', undefined],
    ['', undefined],
  ])('leads %p to %p', (path, field) => {
    expect(fieldOfPath(path)).toBe(field);
  });
});
