import {
  parseEnvironmentDocument,
  type Environment,
  type EnvironmentDocument,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  environmentFromForm,
  type EnvironmentForm,
} from './environmentFromForm';

/** The form of a change: how the environment is, and the revision that says so. */
export type ChangeForm = EnvironmentForm & { revision?: number };

const first = (types: string | string[]) => [types].flat()[0];

/** The document with every default filled in. One of another version of the portal stays as it is. */
export function withDefaults(
  document: Environment['document'],
): EnvironmentDocument {
  const parsed = parseEnvironmentDocument(document);
  return 'environment' in parsed
    ? parsed.environment
    : (document as unknown as EnvironmentDocument);
}

/** An environment as the form of a change begins with it. */
export function formOfEnvironment({
  revision,
  document,
}: Pick<Environment, 'revision' | 'document'>): ChangeForm {
  const { metadata, spec } = withDefaults(document);
  const { adminAccess, controlPlane, edge, data } = spec;
  return {
    revision,
    name: metadata.name,
    owner: metadata.owner,
    connection: spec.connections.hetzner,
    location: spec.location,
    ...(metadata.expiresAt && { expiresAt: metadata.expiresAt }),
    protected: metadata.protected,
    pools: spec.pools.map(({ name, serverType, min, max }) => ({
      name,
      serverType: first(serverType),
      min,
      max,
    })),
    controlPlaneServerType: first(controlPlane.serverType),
    controlPlaneCount: controlPlane.count,
    loadBalancerType: spec.loadBalancer.type,
    stickyCookie: spec.loadBalancer.stickyCookie,
    ...(edge && { edgeZone: edge.zone, edgeApi: edge.api, edgeApp: edge.app }),
    postgres: data?.postgres?.mode ?? 'none',
    redis: data?.redis?.mode ?? 'none',
    ...(data?.objectStorage && {
      bucket: data.objectStorage.bucket,
      objectStorage: spec.connections.objectStorage,
    }),
    adminCidrs: adminAccess.cidrs,
    ssh: adminAccess.ssh,
    sshKeys: adminAccess.sshKeys,
  };
}

/**
 * The whole document of a change: what the form says, over everything that no
 * field of it shows. Alternatives of a server type stay while their first does.
 */
export function changedDocument(
  before: Environment['document'],
  form: ChangeForm,
): object {
  const base = withDefaults(before);
  const wanted = environmentFromForm(form) as EnvironmentDocument;
  const { metadata, spec } = wanted;
  const poolBefore = (name: string) =>
    base.spec.pools.find(pool => pool.name === name);
  return {
    ...base,
    metadata: {
      ...base.metadata,
      owner: metadata.owner,
      expiresAt: metadata.expiresAt ?? null,
      protected: metadata.protected ?? false,
    },
    spec: {
      ...base.spec,
      connections: {
        ...base.spec.connections,
        ...(spec.connections.objectStorage && {
          objectStorage: spec.connections.objectStorage,
        }),
      },
      adminAccess: spec.adminAccess,
      controlPlane: {
        ...spec.controlPlane,
        serverType: withAlternatives(
          base.spec.controlPlane.serverType,
          spec.controlPlane.serverType,
        ),
      },
      pools: spec.pools.map(pool => ({
        ...pool,
        serverType: withAlternatives(
          poolBefore(pool.name)?.serverType,
          pool.serverType,
        ),
      })),
      loadBalancer: spec.loadBalancer,
      edge: spec.edge && { ...base.spec.edge, ...spec.edge },
      data: dataOf(base.spec.data, spec.data),
    },
  };
}

type Types = EnvironmentDocument['spec']['controlPlane']['serverType'];

function withAlternatives(before: Types | undefined, wanted: Types): Types {
  return Array.isArray(before) && before[0] === wanted ? before : wanted;
}

type Data = EnvironmentDocument['spec']['data'];

const kept = <Service extends { mode: string }>(
  before: Service | undefined,
  wanted: Service,
): Service => (before?.mode === wanted.mode ? before : wanted);

/** Data services as the form wants them; one that stays in its mode keeps its connection. */
function dataOf(before: Data, wanted: Data): Data {
  const { postgres, redis, objectStorage } = wanted ?? {};
  const data = {
    ...(postgres && { postgres: kept(before?.postgres, postgres) }),
    ...(redis && { redis: kept(before?.redis, redis) }),
    ...(objectStorage && { objectStorage }),
  };
  return before === undefined && Object.keys(data).length === 0
    ? undefined
    : data;
}
