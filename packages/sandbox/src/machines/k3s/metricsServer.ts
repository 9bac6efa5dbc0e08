import type { KubernetesClient } from '../kubernetes';
import type { Components } from './Components';
import { METRICS_SERVER_PORT } from './ports';
import type { ServerFiles } from './serverFiles';

const NAMESPACE = 'kube-system';
const NAME = 'metrics-server';

/** Starts metrics-server. */
export async function startMetricsServer(
  files: ServerFiles,
  address: string,
  kubeconfig: string,
  components: Components,
) {
  const serving = await files.issueFiles(
    'serving-metrics-server',
    'server-ca',
    {
      commonName: NAME,
      names: [`${NAME}.${NAMESPACE}.svc`],
      usages: ['serverAuth'],
    },
  );
  components.start('metrics-server', [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    `--bind-address=${address}`,
    `--secure-port=${METRICS_SERVER_PORT}`,
    `--tls-cert-file=${serving.certificate}`,
    `--tls-private-key-file=${serving.key}`,
    '--kubelet-preferred-address-types=ExternalIP',
    '--kubelet-use-node-status-port',
    // Every node's kubelet is the one KWOK, behind the address of each node.
    '--kubelet-insecure-tls',
    '--metric-resolution=15s',
  ]);
}

/**
 * Registers metrics-server's API. It runs beside the API server and no pod
 * stands for it, so its Service only names this machine: an address of this
 * machine may not be the end of a Service.
 *
 * @throws KubernetesError
 */
export async function registerMetricsServer(
  files: ServerFiles,
  address: string,
  client: KubernetesClient,
): Promise<void> {
  await client.apply(`/api/v1/namespaces/${NAMESPACE}/services/${NAME}`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: NAME, namespace: NAMESPACE },
    spec: {
      type: 'ExternalName',
      externalName: address,
      ports: [{ name: 'https', port: METRICS_SERVER_PORT, protocol: 'TCP' }],
    },
  });
  await client.apply(
    '/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io',
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io' },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        caBundle: Buffer.from(
          files.authority('server-ca').certificates,
        ).toString('base64'),
        service: {
          name: NAME,
          namespace: NAMESPACE,
          port: METRICS_SERVER_PORT,
        },
      },
    },
  );
}
