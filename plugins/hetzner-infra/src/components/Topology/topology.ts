import { KUBERNETES_PORT, SERVICE_PORTS, type DataServiceKind } from './ports';
import type {
  EnvironmentDocument,
  Resource,
  ResourceGraph,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Key of the control plane's group, and what the keys of its servers begin with. */
const CONTROL_PLANE = 'control-plane';

/** Key of the bucket, and of the box that stands for it. */
const BUCKET = 'bucket';

/** A server to be drawn. `key` is the resource's, such as `web-1`. */
export interface TopologyServer {
  key: string;
  /** As the provider calls it; two generations of one key have names of their own. */
  name?: string;
  /** Name of the pool; null for a control plane. */
  pool: string | null;
  /** As the provider calls it, such as `cx43`. */
  serverType?: string;
}

/** What a box stands for. */
export type TopologyBoxKind =
  | 'internet'
  | 'cloudflare'
  | 'load-balancer'
  | 'server'
  | DataServiceKind;

/**
 * One thing on the drawing. `key` is that of the resource where there is one (`boxKeyOf`), else
 * the kind. A planned server has no name at the provider: its box has the key of its resource.
 */
export interface TopologyBox {
  key: string;
  kind: TopologyBoxKind;
  /** A name of its own, such as `web-1`; boxes without one are called by their kind. */
  name?: string;
  /** What it is: a type, a host name, or how a data service is run (`neon`, `self-hosted`). */
  fact?: string;
  /** Whether this version of the portal makes it. */
  isBuilt: boolean;
}

/** Servers that belong together: the control plane or a pool. */
export interface TopologyGroup {
  /** `control-plane` or `pool-<name>`. */
  key: string;
  /** Name of the pool; undefined for the control plane. */
  pool?: string;
  serverType?: string;
  /** How many there are at least and at most. */
  min: number;
  max: number;
  servers: TopologyBox[];
}

/** A way that traffic takes. `from` and `to` are keys of boxes or groups. */
export interface TopologyEdge {
  from: string;
  to: string;
  port: number;
}

/**
 * An environment as layers, top to bottom: Internet, Cloudflare, load balancer, the private
 * network with its groups of servers, data services. Data only.
 */
export interface Topology {
  /** Internet, Cloudflare where there is one, load balancer: in the order that a request takes. */
  entry: TopologyBox[];
  /** The private network as CIDR. */
  ipRange: string;
  /** Pools as the document names them, then the control plane. */
  groups: TopologyGroup[];
  data: TopologyBox[];
  edges: TopologyEdge[];
}

/** The servers that a blueprint draws. */
export function serversOfGraph({ nodes }: ResourceGraph): TopologyServer[] {
  return nodes.flatMap(node =>
    node.kind === 'server'
      ? [
          {
            key: node.key,
            pool: node.desired.pool,
            serverType: node.desired.serverType,
          },
        ]
      : [],
  );
}

/** The box that stands for a resource. Of a server that is being replaced there are two at once. */
export function boxKeyOf({
  kind,
  key,
  name,
}: Pick<Resource, 'kind' | 'key' | 'name'>): string {
  return kind === 'server' ? name : key;
}

/** The servers among what exists. A server's key is its pool and a number; a control plane's likewise. */
export function serversOfResources(
  resources: readonly Resource[],
): TopologyServer[] {
  return resources
    .filter(({ kind }) => kind === 'server')
    .map(({ key, name, details }) => {
      const row = key.replace(/-\d+$/, '');
      return {
        key,
        name,
        pool: row === CONTROL_PLANE ? null : row,
        serverType: details?.Type,
      };
    });
}

/** The environment of a document with these servers, planned or found. Pure. */
export function topologyOf(
  { spec }: EnvironmentDocument,
  servers: readonly TopologyServer[],
): Topology {
  const entry = entryOf(spec);
  const groups = groupsOf(spec, servers);
  const data = dataOf(spec);
  return {
    entry,
    ipRange: spec.network.ipRange,
    groups,
    data,
    edges: edgesOf(entry, groups, data),
  };
}

type Spec = EnvironmentDocument['spec'];

function entryOf({ edge, loadBalancer }: Spec): TopologyBox[] {
  return [
    { key: 'internet', kind: 'internet', isBuilt: true },
    ...(edge
      ? [
          {
            key: 'cloudflare',
            kind: 'cloudflare' as const,
            fact: edge.zone,
            isBuilt: false,
          },
        ]
      : []),
    {
      key: 'load-balancer',
      kind: 'load-balancer',
      fact: loadBalancer.type,
      isBuilt: true,
    },
  ];
}

function groupsOf(
  { pools, controlPlane }: Spec,
  servers: readonly TopologyServer[],
): TopologyGroup[] {
  const inOrder = (a: string, b: string) =>
    a.localeCompare(b, 'en', { numeric: true });
  const isTwice = (key: string) =>
    servers.filter(server => server.key === key).length > 1;
  const boxesOf = (pool: string | null) =>
    servers
      .filter(server => server.pool === pool)
      .sort(
        (a, b) => inOrder(a.key, b.key) || inOrder(a.name ?? '', b.name ?? ''),
      )
      .map(
        ({ key, name, serverType }): TopologyBox => ({
          key: name ?? key,
          kind: 'server',
          name: isTwice(key) ? name : key,
          fact: serverType,
          isBuilt: true,
        }),
      );
  const asked = (serverType: string | string[]) => [serverType].flat()[0];
  const named = new Set(pools.map(({ name }) => name));
  const unnamed = servers.flatMap(({ pool }) =>
    pool !== null && !named.has(pool) ? [pool] : [],
  );
  const group = (
    pool: string | null,
    type: string | undefined,
    min: number,
    max: number,
  ): TopologyGroup => {
    const boxes = boxesOf(pool);
    return {
      key: pool === null ? CONTROL_PLANE : `pool-${pool}`,
      ...(pool === null ? {} : { pool }),
      serverType: boxes[0]?.fact ?? type,
      min,
      max,
      servers: boxes,
    };
  };
  return [
    ...pools.map(({ name, serverType, min, max }) =>
      group(name, asked(serverType), min, max),
    ),
    // Servers of a pool that the document no longer names still stand there.
    ...[...new Set(unnamed)].map(pool => group(pool, undefined, 0, 0)),
    group(
      null,
      asked(controlPlane.serverType),
      controlPlane.count,
      controlPlane.count,
    ),
  ];
}

function dataOf({ data, connections }: Spec): TopologyBox[] {
  const isBuilt = (kind: DataServiceKind) =>
    kind === 'object-storage' && connections.objectStorage !== undefined;
  // The bucket is a resource, and its box has its key.
  const keyOf = (kind: DataServiceKind) =>
    kind === 'object-storage' ? BUCKET : kind;
  const facts: [DataServiceKind, string | undefined][] = [
    ['postgres', data?.postgres?.mode],
    ['redis', data?.redis?.mode],
    ['object-storage', data?.objectStorage?.bucket],
  ];
  return facts.flatMap(([kind, fact]) =>
    fact === undefined
      ? []
      : [{ key: keyOf(kind), kind, fact, isBuilt: isBuilt(kind) }],
  );
}

function edgesOf(
  entry: readonly TopologyBox[],
  groups: readonly TopologyGroup[],
  data: readonly TopologyBox[],
): TopologyEdge[] {
  const pools = groups.filter(({ pool }) => pool !== undefined);
  return [
    ...entry.slice(1).map((box, index) => ({
      from: entry[index].key,
      to: box.key,
      port: SERVICE_PORTS.https,
    })),
    ...pools.map(({ key }) => ({
      from: 'load-balancer',
      to: key,
      port: SERVICE_PORTS.http,
    })),
    ...pools.map(({ key }) => ({
      from: key,
      to: CONTROL_PLANE,
      port: KUBERNETES_PORT,
    })),
    ...pools.flatMap(({ key }) =>
      data.map(({ key: service, kind }) => ({
        from: key,
        to: service,
        port: SERVICE_PORTS[kind as DataServiceKind],
      })),
    ),
  ];
}
