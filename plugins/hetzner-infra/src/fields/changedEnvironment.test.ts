import {
  environmentSchema,
  parseEnvironmentDocument,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { changedDocument, formOfEnvironment } from './changedEnvironment';

const document = environmentSchema.parse({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'shop', owner: 'group:default/platform', protected: true },
  spec: {
    connections: { hetzner: 'sandbox', cloudflare: 'cf' },
    location: 'fsn1',
    network: { ipRange: '10.1.0.0/16', nodes: '10.1.1.0/24' },
    adminAccess: { cidrs: ['203.0.113.7/32'], ssh: true },
    controlPlane: { serverType: ['cx23', 'cx33'], count: 3 },
    pools: [
      { name: 'web', serverType: ['cx43', 'cpx41'], min: 2, max: 8 },
      { name: 'jobs', serverType: 'cx33', min: 0, max: 3 },
    ],
    edge: {
      zone: 'shop.com',
      api: 'api.shop.com',
      app: 'app.shop.com',
      waf: 'off',
    },
    data: {
      postgres: { mode: 'neon', connection: 'neon-prod' },
      objectStorage: { bucket: 'documents' },
    },
    workloads: { backend: { image: 'backend', min: 2, max: 4 } },
    addons: { monitoring: false },
  },
}) as Record<string, any>;

const form = formOfEnvironment({ revision: 4, document });

const changed = (change: object) => {
  const parsed = parseEnvironmentDocument(
    changedDocument(document, { ...form, ...change }),
  );
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.environment;
};

describe('the form of a change', () => {
  it('knows its revision', () => {
    expect(form).toMatchObject({ revision: 4, name: 'shop', postgres: 'neon' });
  });

  it('changes nothing while nobody changes it', () => {
    expect(changed({})).toEqual(document);
    const { edge: _, data: __, ...spec } = document.spec;
    const bare = { ...document, spec };
    expect(
      changedDocument(bare, formOfEnvironment({ revision: 1, document: bare })),
    ).toEqual(bare);
  });

  it('keeps alternatives while their first stays', () => {
    const [web, jobs] = form.pools!;
    expect(
      changed({
        pools: [
          { ...web, min: 3 },
          { ...jobs, serverType: 'cx43' },
        ],
      }).spec.pools,
    ).toEqual([
      { name: 'web', serverType: ['cx43', 'cpx41'], min: 3, max: 8 },
      { name: 'jobs', serverType: 'cx43', min: 0, max: 3 },
    ]);
    expect(
      changed({ controlPlaneServerType: 'cx43' }).spec.controlPlane.serverType,
    ).toBe('cx43');
  });

  it('adds and removes parts', () => {
    expect(
      changed({ edgeZone: undefined, postgres: 'none', bucket: undefined })
        .spec,
    ).toMatchObject({ data: {}, workloads: document.spec.workloads });
    expect(changed({ edgeZone: undefined }).spec.edge).toBeUndefined();
    expect(changed({ postgres: 'self-hosted' }).spec.data?.postgres).toEqual({
      mode: 'self-hosted',
    });
    expect(changed({ expiresAt: '2030-01-01T00:00:00.000Z' }).metadata).toEqual(
      {
        ...document.metadata,
        expiresAt: '2030-01-01T00:00:00.000Z',
      },
    );
  });
});
