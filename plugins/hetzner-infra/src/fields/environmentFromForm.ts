import { ENVIRONMENT_API_VERSION } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/**
 * The parameters of the template `create-environment`, as its wizard holds them.
 * All of them may be missing while somebody fills it in. Other parameters are ignored.
 */
export interface EnvironmentForm {
  name?: string;
  /** Entity reference of a group. */
  owner?: string;
  /** Name of a Hetzner connection. */
  connection?: string;
  location?: string;
  controlPlaneServerType?: string;
  /** 1 or 3. */
  controlPlaneCount?: number;
  /** Every pool. Where it is set, the fields for one pool count for nothing. */
  pools?: PoolForm[];
  poolServerType?: string;
  /** Workers that are always there. */
  poolMin?: number;
  /** Workers that there may be. */
  poolMax?: number;
  loadBalancerType?: string;
  /** Name of the load balancer's cookie. */
  stickyCookie?: string;
  /** Zone at Cloudflare; without one there is no edge. */
  edgeZone?: string;
  /** Host name; `api` in the zone when it is left out. */
  edgeApi?: string;
  /** Host name; `app` in the zone when it is left out. */
  edgeApp?: string;
  /** How PostgreSQL is run; `none` for no PostgreSQL. */
  postgres?: string;
  /** How Redis is run; `none` for no Redis. */
  redis?: string;
  /** Name of the bucket in the object storage; without one there is none. */
  bucket?: string;
  /** Name of the connection to object storage in which the bucket is. */
  objectStorage?: string;
  /** Ranges from which administrators come. */
  adminCidrs?: string[];
  ssh?: boolean;
  /** Public keys in OpenSSH format. */
  sshKeys?: string[];
  ipRange?: string;
  nodesRange?: string;
  /** ISO 8601. */
  expiresAt?: string;
  protected?: boolean;
}

/** A pool as a form holds it. */
export interface PoolForm {
  name?: string;
  serverType?: string;
  min?: number;
  max?: number;
}

export type EnvironmentFormField = keyof EnvironmentForm;

/** Name of the only pool that the form knows. */
const POOL = 'web';

/**
 * The environment document that a form describes. The step of the template builds the same one.
 * What is not filled in is left out, so that the document's own defaults hold.
 * The result is not checked; `parseEnvironmentDocument` does that.
 */
export function environmentFromForm(form: EnvironmentForm): object {
  return withoutEmpty({
    apiVersion: ENVIRONMENT_API_VERSION,
    kind: 'Environment',
    metadata: {
      name: form.name,
      owner: form.owner,
      expiresAt: form.expiresAt,
      protected: form.protected,
    },
    spec: {
      connections: {
        hetzner: form.connection,
        objectStorage: form.bucket ? form.objectStorage : undefined,
      },
      location: form.location,
      network: { ipRange: form.ipRange, nodes: form.nodesRange },
      adminAccess: {
        cidrs: form.adminCidrs,
        ssh: form.ssh,
        sshKeys: form.sshKeys,
      },
      controlPlane: {
        serverType: form.controlPlaneServerType,
        count: form.controlPlaneCount,
      },
      pools: form.pools ?? [
        {
          name: POOL,
          serverType: form.poolServerType,
          min: form.poolMin,
          max: form.poolMax,
        },
      ],
      loadBalancer: {
        type: form.loadBalancerType,
        stickyCookie: form.stickyCookie,
      },
      edge: form.edgeZone
        ? {
            zone: form.edgeZone,
            api: form.edgeApi || `api.${form.edgeZone}`,
            app: form.edgeApp || `app.${form.edgeZone}`,
          }
        : undefined,
      data: {
        postgres: run(form.postgres),
        redis: run(form.redis),
        objectStorage: form.bucket ? { bucket: form.bucket } : undefined,
      },
    },
  }) as object;
}

/** A data service in a mode; undefined where there is none. */
function run(mode: string | undefined): { mode: string } | undefined {
  return mode && mode !== 'none' ? { mode } : undefined;
}

/** Where each field stands in the document. */
const PATHS: Record<EnvironmentFormField, string> = {
  name: 'metadata.name',
  owner: 'metadata.owner',
  expiresAt: 'metadata.expiresAt',
  protected: 'metadata.protected',
  connection: 'spec.connections.hetzner',
  location: 'spec.location',
  ipRange: 'spec.network.ipRange',
  nodesRange: 'spec.network.nodes',
  adminCidrs: 'spec.adminAccess.cidrs',
  ssh: 'spec.adminAccess.ssh',
  sshKeys: 'spec.adminAccess.sshKeys',
  controlPlaneServerType: 'spec.controlPlane.serverType',
  controlPlaneCount: 'spec.controlPlane.count',
  poolServerType: 'spec.pools.0.serverType',
  poolMin: 'spec.pools.0.min',
  poolMax: 'spec.pools.0.max',
  loadBalancerType: 'spec.loadBalancer.type',
  stickyCookie: 'spec.loadBalancer.stickyCookie',
  edgeZone: 'spec.edge.zone',
  edgeApi: 'spec.edge.api',
  edgeApp: 'spec.edge.app',
  postgres: 'spec.data.postgres',
  redis: 'spec.data.redis',
  bucket: 'spec.data.objectStorage',
  objectStorage: 'spec.connections.objectStorage',
  pools: 'spec.pools',
};

/** Every field of the form. */
export const FORM_FIELDS = Object.keys(PATHS) as EnvironmentFormField[];

/** Where a field stands in the document, as a dotted path; undefined for what is no field. */
export function pathOfField(field: string): string | undefined {
  return PATHS[field as EnvironmentFormField];
}

/** Whether a problem at a dotted path of the document is put right in a field, among those that a form shows. */
export function isProblemOf(path: string, field: string): boolean {
  return field === 'pools'
    ? path.startsWith(PATHS.pools)
    : fieldOfPath(path) === field;
}

/** The field in which a problem at a dotted path of the document is put right; undefined where no field is. */
export function fieldOfPath(path: string): EnvironmentFormField | undefined {
  const found = Object.entries(PATHS).find(
    ([, known]) => path === known || path.startsWith(`${known}.`),
  );
  return found?.[0] as EnvironmentFormField | undefined;
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutEmpty).filter(item => item !== undefined);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, withoutEmpty(item)])
        .filter(([, item]) => item !== undefined),
    );
  }
  return value === '' || value === null ? undefined : value;
}
