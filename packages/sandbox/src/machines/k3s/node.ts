import type { KubernetesObject, NodeObject } from '../kubernetes';
import type { Surroundings } from '../Surroundings';
import { argumentValue, K3sConfig } from './config';
import { KUBELET_PORT } from './ports';

/** Keeps pods away until a cloud controller has seen the node. Source: Kubernetes documentation, cloud controller manager. */
export const UNINITIALIZED = 'node.cloudprovider.kubernetes.io/uninitialized';

/** The label by which KWOK knows the nodes whose machine runs. */
export const KWOK_LABEL = 'kwok.x-k8s.io/node';

/** The kubelet's default. */
const MAX_PODS = 110;

const KIBIBYTES_IN: Record<string, number> = {
  Ki: 1,
  Mi: 1024,
  Gi: 1024 ** 2,
  Ti: 1024 ** 3,
  k: 1000 / 1024,
  M: 1000 ** 2 / 1024,
  G: 1000 ** 3 / 1024,
  '': 1 / 1024,
};

/** Kibibytes of a quantity such as `256Mi`; 0 for one that is not understood. */
function kibibytes(quantity: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(\w*)$/.exec(quantity) ?? [];
  return Math.round(Number(number ?? 0) * (KIBIBYTES_IN[unit ?? ''] ?? 0));
}

function millicores(quantity: string): number {
  return quantity.endsWith('m')
    ? Number(quantity.slice(0, -1))
    : Number(quantity) * 1000;
}

/** What the kubelet keeps from pods, by its arguments. */
function reserved(
  config: K3sConfig,
): Record<'cpu' | 'memory' | 'disk', number> {
  const total = { cpu: 0, memory: 0, disk: 0 };
  for (const name of ['kube-reserved', 'system-reserved', 'eviction-hard']) {
    const value = argumentValue(config['kubelet-arg'], name) ?? '';
    for (const part of value.split(',')) {
      const [key, quantity = ''] = part.split(/[=<]/);
      if (key === 'cpu') total.cpu += millicores(quantity);
      if (key === 'memory' || key === 'memory.available') {
        total.memory += kibibytes(quantity);
      }
      if (key === 'ephemeral-storage') total.disk += kibibytes(quantity);
    }
  }
  return total;
}

/** Reads `key=value:effect`. */
function taintOf(text: string) {
  const [, key, value, effect] =
    /^([^=:]+)(?:=([^:]*))?:(.+)$/.exec(text) ?? [];
  return key ? [{ key, ...(value ? { value } : {}), effect }] : [];
}

/** Name of the node that a machine becomes. */
export const nodeNameOf = (
  config: K3sConfig,
  { hostName }: Pick<Surroundings, 'hostName'>,
) => (config['node-name'] ?? hostName).toLowerCase();

/** A node's address in its network; the machine's first when none is configured. */
export const nodeAddressOf = (
  config: K3sConfig,
  { privateAddresses, publicAddress }: Surroundings,
): string =>
  config['node-ip'][0] ?? privateAddresses()[0] ?? publicAddress() ?? '';

/**
 * The Node object that a kubelet of k3s registers.
 *
 * @param version - of k3s, such as `v1.36.3+k3s1`
 */
export function nodeObject(
  config: K3sConfig,
  surroundings: Surroundings,
  version: string,
): NodeObject {
  const name = nodeNameOf(config, surroundings);
  const address = nodeAddressOf(config, surroundings);
  const { cores, memory, disk, architecture } = surroundings.type;
  const isExternal =
    argumentValue(config['kubelet-arg'], 'cloud-provider') === 'external';
  const arch = architecture === 'arm' ? 'arm64' : 'amd64';
  const capacity = {
    cpu: cores * 1000,
    memory: memory * 1024 ** 2,
    disk: disk * 1024 ** 2,
  };
  const kept = reserved(config);
  const resources = (amounts: typeof capacity) => ({
    cpu:
      amounts.cpu % 1000 === 0 ? String(amounts.cpu / 1000) : `${amounts.cpu}m`,
    memory: `${amounts.memory}Ki`,
    'ephemeral-storage': `${amounts.disk}Ki`,
    pods: argumentValue(config['kubelet-arg'], 'max-pods') ?? String(MAX_PODS),
  });
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': arch,
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': arch,
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        // Without a cloud controller the type is k3s.
        ...(isExternal ? {} : { 'node.kubernetes.io/instance-type': 'k3s' }),
        ...Object.fromEntries(
          config['node-label'].map(label => {
            const [key, value = ''] = label.split('=');
            return [key, value];
          }),
        ),
      },
      annotations: {
        'alpha.kubernetes.io/provided-node-ip': address,
        'k3s.io/hostname': name,
        'k3s.io/internal-ip': address,
        'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${name}/metrics/resource`,
      },
    },
    spec: {
      taints: [
        ...(isExternal
          ? [{ key: UNINITIALIZED, value: 'true', effect: 'NoSchedule' }]
          : []),
        ...config['node-taint'].flatMap(taintOf),
      ],
    },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        ...(config['node-external-ip'][0]
          ? [{ type: 'ExternalIP', address: config['node-external-ip'][0] }]
          : []),
        { type: 'Hostname', address: name },
      ],
      capacity: resources(capacity),
      allocatable: resources({
        cpu: capacity.cpu - kept.cpu,
        memory: capacity.memory - kept.memory,
        disk: capacity.disk - kept.disk,
      }),
      daemonEndpoints: { kubeletEndpoint: { Port: KUBELET_PORT } },
      nodeInfo: {
        architecture: arch,
        bootID: '',
        containerRuntimeVersion: 'containerd://2.2.0-k3s1',
        kernelVersion: '6.8.0-60-generic',
        kubeProxyVersion: '',
        kubeletVersion: version,
        machineID: String(surroundings.serverId),
        operatingSystem: 'linux',
        osImage: surroundings.image,
        systemUUID: '',
      },
    },
  };
}

/** What a kubelet changes when its node exists already: what it says of the machine. */
export const reregistration = ({
  metadata,
}: NodeObject): { metadata: Partial<KubernetesObject['metadata']> } => ({
  metadata: { labels: metadata.labels, annotations: metadata.annotations },
});
