import type { KubernetesObject } from '../../clouds/kubernetes';
import { toYaml } from '../cloudConfig';
import type { ReadyWhen, Sign } from './Addon';

/** Pod security levels (Kubernetes documentation, "Pod Security Standards"). */
type PodSecurity = 'privileged' | 'baseline' | 'restricted';

export const KUBE_SYSTEM = 'kube-system';

/** A namespace whose pods may do no more than this level allows. */
export const namespace = (
  name: string,
  podSecurity: PodSecurity,
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name,
    labels: {
      'pod-security.kubernetes.io/enforce': podSecurity,
      'pod-security.kubernetes.io/warn': podSecurity,
    },
  },
});

/** A Secret. Its values are encoded here, so that what is read back is what was sent. */
export const secret = (
  metadata: { name: string; namespace: string },
  values: Record<string, string>,
  type = 'Opaque',
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata,
  type,
  data: Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      Buffer.from(value).toString('base64'),
    ]),
  ),
});

/** A chart that k3s installs. */
export interface Chart {
  /** Name of the release. */
  name: string;
  namespace: string;
  repo: string;
  chart: string;
  version: string;
  values: object;
  /** Secrets in kube-system whose keys hold further values. */
  valuesSecrets?: { name: string; keys: string[] }[];
  /** Whether it has to be there before nodes are initialised. */
  bootstrap?: boolean;
}

/**
 * A chart for k3s's helm controller. It stops after a failure: its default takes
 * a release away and installs it anew, with what pods of it have stored
 * (k3s-io/helm-controller, `pkg/apis/helm.cattle.io/v1/types.go`).
 */
export const helmChart = ({
  name,
  namespace: targetNamespace,
  repo,
  chart,
  version,
  values,
  valuesSecrets,
  bootstrap,
}: Chart): KubernetesObject => ({
  apiVersion: 'helm.cattle.io/v1',
  kind: 'HelmChart',
  metadata: { name, namespace: KUBE_SYSTEM },
  spec: {
    repo,
    chart,
    version,
    targetNamespace,
    failurePolicy: 'abort',
    valuesContent: toYaml(values),
    ...(valuesSecrets && {
      valuesSecrets: valuesSecrets.map(each => ({
        ...each,
        ignoreUpdates: false,
      })),
    }),
    ...(bootstrap && { bootstrap }),
  },
});

const sign =
  (apiVersion: string, kind: string, when: ReadyWhen) =>
  (targetNamespace: string, name: string): Sign => ({
    apiVersion,
    kind,
    metadata: { name, namespace: targetNamespace },
    when,
  });

/** Workloads that have to be available. */
export const deployment = sign('apps/v1', 'Deployment', 'available');
export const daemonSet = sign('apps/v1', 'DaemonSet', 'available');
export const statefulSet = sign('apps/v1', 'StatefulSet', 'available');

/** An object without a namespace. */
export const clusterWide = (
  apiVersion: string,
  kind: string,
  name: string,
  when: ReadyWhen,
): Sign => ({ apiVersion, kind, metadata: { name }, when });
