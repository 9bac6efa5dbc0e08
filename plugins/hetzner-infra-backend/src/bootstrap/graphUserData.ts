import {
  controlPlaneAddresses,
  type EnvironmentDocument,
  type ResourceGraph,
  type ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ClusterIdentity } from './ClusterIdentity';
import {
  userData,
  userDataHash,
  type BootingServer,
  type Cluster,
  type K3sRelease,
} from './userData';

/** What the user data of an environment's servers is made from beside its document. */
export interface Bootstrap {
  identity: ClusterIdentity;
  release: K3sRelease;
}

/** User data of the servers of a graph, by their keys. */
export type UserDataByKey = ReadonlyMap<string, string>;

function bootingServer({ desired }: ResourceNode<'server'>): BootingServer {
  return desired.role === 'control-plane'
    ? { role: desired.role, address: desired.privateIp! }
    : { role: desired.role, pool: desired.pool! };
}

/** Makes the user data of all servers of a graph that was drawn from this document. */
export function userDataOf(
  { spec }: EnvironmentDocument,
  { nodes }: ResourceGraph,
  bootstrap: Bootstrap,
): UserDataByKey {
  const cluster: Cluster = {
    ...bootstrap,
    nodes: spec.network.nodes,
    controlPlanes: controlPlaneAddresses(spec.network.nodes),
  };
  const ofPool = new Map<string, string>();
  const made = (server: BootingServer) => {
    if (server.role === 'control-plane') return userData(cluster, server);
    const text = ofPool.get(server.pool) ?? userData(cluster, server);
    ofPool.set(server.pool, text);
    return text;
  };
  return new Map(
    nodes.flatMap(node =>
      node.kind === 'server'
        ? [[node.key, made(bootingServer(node))] as const]
        : [],
    ),
  );
}

/** The same graph, whose servers say which user data they are made with. */
export const withUserData = (
  graph: ResourceGraph,
  userDataByKey: UserDataByKey,
): ResourceGraph => ({
  ...graph,
  nodes: graph.nodes.map(node =>
    node.kind === 'server'
      ? {
          ...node,
          desired: {
            ...node.desired,
            userData: userDataHash(userDataByKey.get(node.key)!),
          },
        }
      : node,
  ),
});
