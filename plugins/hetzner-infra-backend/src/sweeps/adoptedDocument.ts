import {
  ENVIRONMENT_API_VERSION,
  type ActualResource,
  type ResourceKind,
  type ServerState,
  type ServerTypeChoices,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** What an environment is adopted as, beside what stands. */
export type Adoption = {
  name: string;
  owner: string;
  connection: string;
  /** Addresses of the portal itself, which its documents do not name. */
  egressCidrs: readonly string[];
  /** Its bucket, and the connection that sees it. */
  bucket?: { connection: string; name: string };
};

/** A document that describes what stands, not parsed yet, and the server types that it stands on. */
export type AdoptedDocument = {
  document: Record<string, unknown>;
  choices: ServerTypeChoices;
};

/** The comment of the key whose private half nobody has, see environmentMaterial. */
const THROW_AWAY = /throw-away$/;

/**
 * Describes what stands as a document: blueprint backwards, as far as the
 * resources tell. What they do not tell (the room of pools to grow, data
 * services, workloads) is left at its smallest. It is protected: nothing that
 * is missing in the description is removed before a person looked at it.
 */
export function adoptedDocument(
  resources: readonly ActualResource[],
  adoption: Adoption,
): AdoptedDocument {
  const of = <K extends ResourceKind>(kind: K) =>
    resources.filter(
      resource => resource.kind === kind && resource.owned,
    ) as ActualResource<ResourceKind>[] as ActualResource<K>[];
  const { bucket } = adoption;
  const servers = of('server');
  const [network] = of('network');
  const [loadBalancer] = of('load-balancer');
  const [certificate] = of('certificate');
  const controlPlanes = servers.filter(
    ({ state }) => state.role === 'control-plane',
  );
  const pools = poolsOf(servers);
  const location =
    loadBalancer?.state.location ?? servers.at(0)?.state.location ?? '';
  const groups = [
    ...(controlPlanes.length > 0
      ? [
          {
            name: 'control-plane',
            serverType: controlPlanes[0].state.serverType,
          },
        ]
      : []),
    ...pools,
  ];
  const cookie = loadBalancer?.state.services.find(
    ({ http }) => http?.stickyCookie,
  )?.http?.stickyCookie?.name;
  return {
    choices: Object.fromEntries(
      groups.map(({ name, serverType }) => [
        name,
        { asked: [serverType], location, chosen: serverType, reason: null },
      ]),
    ),
    document: {
      apiVersion: ENVIRONMENT_API_VERSION,
      kind: 'Environment',
      metadata: {
        name: adoption.name,
        owner: adoption.owner,
        protected: true,
      },
      spec: {
        connections: {
          hetzner: adoption.connection,
          ...(bucket && { objectStorage: bucket.connection }),
        },
        ...(bucket && {
          data: { objectStorage: { bucket: bucket.name } },
        }),
        location,
        ...(network && {
          network: {
            ipRange: network.state.ipRange,
            nodes: network.state.nodes,
          },
        }),
        adminAccess: adminAccess(of('firewall'), of('ssh-key'), adoption),
        controlPlane: {
          ...(controlPlanes.length > 0 && {
            serverType: controlPlanes[0].state.serverType,
          }),
          count: controlPlanes.length > 1 ? 3 : 1,
        },
        pools,
        ...(loadBalancer && {
          loadBalancer: {
            type: loadBalancer.state.type,
            ...(cookie && { stickyCookie: cookie }),
          },
        }),
        ...edge(certificate?.state.domains ?? [], adoption.name),
      },
    },
  };
}

function poolsOf(
  servers: readonly ActualResource<'server'>[],
): { name: string; serverType: string; min: number; max: number }[] {
  const byPool = new Map<string, ServerState[]>();
  for (const { state, labels } of servers) {
    // What the autoscaler bought is above the minimum.
    if (state.pool !== null && !labels['hcloud/node-group']) {
      byPool.set(state.pool, [...(byPool.get(state.pool) ?? []), state]);
    }
  }
  return [...byPool].map(([name, states]) => ({
    name,
    serverType: states[0].serverType,
    min: states.length,
    max: states.length,
  }));
}

function adminAccess(
  firewalls: readonly ActualResource<'firewall'>[],
  keys: readonly ActualResource<'ssh-key'>[],
  { egressCidrs }: Adoption,
) {
  const rules = firewalls.flatMap(({ state }) => state.rules);
  const sourcesOf = (port: string) =>
    rules.filter(rule => rule.port === port).flatMap(({ sources }) => sources);
  const ssh = sourcesOf('22');
  const cidrs =
    ssh.length > 0
      ? ssh
      : sourcesOf('6443').filter(cidr => !egressCidrs.includes(cidr));
  return {
    cidrs: [...new Set(cidrs)],
    ssh: ssh.length > 0,
    sshKeys: [...keys]
      .sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }))
      .flatMap(({ state }) =>
        state.publicKey === null || THROW_AWAY.test(state.publicKey)
          ? []
          : [state.publicKey],
      ),
  };
}

/** The certificate tells the host names; their common end is the zone. */
function edge(domains: readonly string[], name: string): object {
  if (
    domains.length === 0 ||
    domains.includes(`${name}.environment.internal`)
  ) {
    return {};
  }
  const [api, app = api] = domains;
  return { edge: { zone: commonZone(api, app), api, app } };
}

function commonZone(a: string, b: string): string {
  const left = a.split('.').reverse();
  const right = b.split('.').reverse();
  const different = left.findIndex((label, index) => label !== right[index]);
  const common = different === -1 ? left : left.slice(0, different);
  return common.reverse().join('.');
}
