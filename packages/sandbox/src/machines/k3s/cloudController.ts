import type { NodeObject } from '../kubernetes';
import type { CloudServer } from '../Surroundings';
import { UNINITIALIZED } from './node';

/** Marks a node whose server is off. Source: cloud-provider, `TaintNodeShutdown`. */
const SHUTDOWN = 'node.cloudprovider.kubernetes.io/shutdown';

/** What a cloud controller does to a node. */
export type NodeChange =
  | { do: 'delete' }
  | {
      do: 'patch';
      /** A merge patch of the node. */
      node: object;
      /** A merge patch of its status. */
      status?: object;
    };

const idOf = (providerId: string | undefined) =>
  providerId?.startsWith('hcloud://')
    ? Number(providerId.slice('hcloud://'.length))
    : undefined;

const isReady = ({ status }: NodeObject) =>
  status.conditions?.some(
    ({ type, status: value }) => type === 'Ready' && value === 'True',
  ) ?? false;

/** The addresses that the controller reports with a network: the private one is internal. */
function addressesOf(node: NodeObject, server: CloudServer) {
  const provided =
    node.metadata.annotations?.['alpha.kubernetes.io/provided-node-ip'];
  const internal = server.privateAddresses.includes(provided ?? '')
    ? provided
    : server.privateAddresses[0];
  return [
    { type: 'Hostname', address: server.name },
    ...(internal ? [{ type: 'InternalIP', address: internal }] : []),
    ...(server.publicAddress
      ? [{ type: 'ExternalIP', address: server.publicAddress }]
      : []),
  ];
}

/**
 * What Hetzner's cloud controller manager would do to a node now: initialise it,
 * mark it while its server is off, delete it when that is gone. Source:
 * hcloud-cloud-controller-manager, hcloud/instances.go, and Kubernetes'
 * cloud-provider, controllers/node and controllers/nodelifecycle.
 *
 * @param servers - all of the project
 */
export function cloudChange(
  node: NodeObject,
  servers: readonly CloudServer[],
): NodeChange | undefined {
  const id = idOf(node.spec.providerID);
  const server = servers.find(candidate =>
    id === undefined
      ? candidate.name === node.metadata.name
      : candidate.id === id,
  );
  const taints = node.spec.taints ?? [];
  const isNew = taints.some(({ key }) => key === UNINITIALIZED);
  if (!server) return isReady(node) || isNew ? undefined : { do: 'delete' };
  if (isNew) {
    const labels = {
      'node.kubernetes.io/instance-type': server.type,
      'beta.kubernetes.io/instance-type': server.type,
      'topology.kubernetes.io/region': server.location,
      'failure-domain.beta.kubernetes.io/region': server.location,
      'topology.kubernetes.io/zone': server.location,
      'failure-domain.beta.kubernetes.io/zone': server.location,
      'instance.hetzner.cloud/provided-by': 'cloud',
    };
    return {
      do: 'patch',
      node: {
        metadata: { labels },
        spec: {
          providerID: `hcloud://${server.id}`,
          taints: taints.filter(({ key }) => key !== UNINITIALIZED),
        },
      },
      status: { status: { addresses: addressesOf(node, server) } },
    };
  }
  const isMarked = taints.some(({ key }) => key === SHUTDOWN);
  if (!server.isRunning && !isReady(node) && !isMarked) {
    const taint = { key: SHUTDOWN, effect: 'NoSchedule' };
    return { do: 'patch', node: { spec: { taints: [...taints, taint] } } };
  }
  if (isMarked && isReady(node)) {
    const others = taints.filter(({ key }) => key !== SHUTDOWN);
    return { do: 'patch', node: { spec: { taints: others } } };
  }
  return undefined;
}
