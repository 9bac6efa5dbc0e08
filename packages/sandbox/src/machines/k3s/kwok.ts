import type { Components } from './Components';
import { KWOK_LABEL } from './node';
import { KUBELET_PORT, KWOK_PORT } from './ports';
import type { ServerFiles } from './serverFiles';
import { stages } from './stages';

const API = 'kwok.x-k8s.io/v1alpha1';
const LEASE_SECONDS = 20;

interface MetricRow {
  name: string;
  dimension: 'node' | 'pod' | 'container';
  kind: 'gauge' | 'counter';
  help: string;
  value: string;
}

const series = (
  dimension: MetricRow['dimension'],
  cpu: string,
  memory: string,
): MetricRow[] => [
  {
    name: `${dimension}_cpu_usage_seconds_total`,
    dimension,
    kind: 'counter',
    help: `CPU time used by the ${dimension} in core-seconds`,
    value: cpu,
  },
  {
    name: `${dimension}_memory_working_set_bytes`,
    dimension,
    kind: 'gauge',
    help: `Working set of the ${dimension} in bytes`,
    value: memory,
  },
];

const LABELS: Record<MetricRow['dimension'], Record<string, string>> = {
  node: {},
  pod: { namespace: 'pod.metadata.namespace', pod: 'pod.metadata.name' },
  container: {
    container: 'container.name',
    namespace: 'pod.metadata.namespace',
    pod: 'pod.metadata.name',
  },
};

/**
 * A kubelet's resource metrics, as metrics-server reads them. Names: Kubernetes,
 * pkg/kubelet/metrics/collectors/resource_metrics.go.
 */
const METRICS: MetricRow[] = [
  {
    name: 'scrape_error',
    dimension: 'node',
    kind: 'gauge',
    help: '1 if there was an error while getting container metrics, 0 otherwise',
    value: '0',
  },
  {
    name: 'container_start_time_seconds',
    dimension: 'container',
    kind: 'gauge',
    help: 'Start time of the container since the Unix epoch in seconds',
    value: 'pod.SinceSecond()',
  },
  ...series(
    'container',
    'pod.CumulativeUsage("cpu", container.name)',
    'pod.Usage("memory", container.name)',
  ),
  ...series('pod', 'pod.CumulativeUsage("cpu")', 'pod.Usage("memory")'),
  // The system and k3s itself use something too.
  ...series(
    'node',
    'node.CumulativeUsage("cpu") + node.SinceSecond() * 0.05',
    'node.Usage("memory") + 419430400.0',
  ),
];

/** Usage that a pod has unless its annotation says otherwise. */
const usage = (resource: 'cpu' | 'memory', otherwise: string) => {
  const annotation = `kwok.x-k8s.io/usage-${resource}`;
  return {
    expression: `"${annotation}" in pod.metadata.annotations ? Quantity(pod.metadata.annotations["${annotation}"]) : Quantity("${otherwise}")`,
  };
};

/** KWOK's configuration: how nodes and pods live, and what kubelets measure. */
export const kwokConfiguration = (): object[] => [
  ...stages(),
  {
    apiVersion: API,
    kind: 'Metric',
    metadata: { name: 'resource' },
    spec: {
      path: '/metrics/nodes/{nodeName}/metrics/resource',
      metrics: METRICS.map(row => ({
        ...row,
        labels: Object.entries(LABELS[row.dimension]).map(([name, value]) => ({
          name,
          value,
        })),
      })),
    },
  },
  {
    apiVersion: API,
    kind: 'ClusterResourceUsage',
    metadata: { name: 'by-annotation' },
    spec: {
      usages: [
        { usage: { cpu: usage('cpu', '5m'), memory: usage('memory', '32Mi') } },
      ],
    },
  },
];

/** Starts KWOK, which plays the kubelets of all nodes that carry its label. */
export async function startKwok(
  files: ServerFiles,
  address: string,
  kubeconfig: string,
  components: Components,
) {
  const config = files.disk.write(
    '/var/lib/rancher/k3s/server/kwok.yaml',
    kwokConfiguration()
      .map(document => JSON.stringify(document))
      .join('\n---\n'),
  );
  const serving = await files.issueFiles('serving-kubelet', 'server-ca', {
    commonName: 'kubelet',
    names: [address],
    usages: ['serverAuth'],
  });
  components.start('kwok', [
    `--config=${config}`,
    `--kubeconfig=${kubeconfig}`,
    `--manage-nodes-with-label-selector=${KWOK_LABEL}=fake`,
    `--node-port=${KUBELET_PORT}`,
    `--server-address=${address}:${KWOK_PORT}`,
    `--tls-cert-file=${serving.certificate}`,
    `--tls-private-key-file=${serving.key}`,
    `--node-lease-duration-seconds=${LEASE_SECONDS}`,
  ]);
}
