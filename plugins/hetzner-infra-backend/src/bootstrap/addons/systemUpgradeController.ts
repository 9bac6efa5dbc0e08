import type { KubernetesObject } from '../../clouds/kubernetes';
import type { Addon } from './Addon';
import { cloudControllerManager } from './cloudControllerManager';
import { deployment, namespace } from './objects';

const NAME = 'system-upgrade-controller';
const NAMESPACE = 'system-upgrade';
const ACCOUNT = 'system-upgrade';
const VERSION = 'v0.20.1';

const RBAC = 'rbac.authorization.k8s.io';

const rule = (
  apiGroup: string,
  resources: string[],
  verbs: string[],
  resourceNames?: string[],
) => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
  ...(resourceNames && { resourceNames }),
});

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'patch', 'update'];

function role(
  kind: 'Role' | 'ClusterRole',
  name: string,
  rules: ReturnType<typeof rule>[],
): KubernetesObject[] {
  const scope = kind === 'Role' ? { namespace: NAMESPACE } : {};
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind,
      metadata: { name, ...scope },
      rules,
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: `${kind}Binding`,
      metadata: { name, ...scope },
      roleRef: { apiGroup: RBAC, kind, name },
      subjects: [
        { kind: 'ServiceAccount', name: ACCOUNT, namespace: NAMESPACE },
      ],
    },
  ];
}

/** What it may do (rancher/system-upgrade-controller v0.20.1, `manifests/clusterrole.yaml`). */
const RIGHTS: KubernetesObject[] = [
  ...role('ClusterRole', NAME, [
    rule('batch', ['jobs'], READ),
    // It brings the definition of its plans itself.
    rule(
      'apiextensions.k8s.io',
      ['customresourcedefinitions'],
      [...READ, ...WRITE],
    ),
    rule('', ['namespaces', 'nodes'], READ),
    rule('', ['nodes'], ['update']),
    rule('', ['events'], ['get', ...WRITE]),
    rule('coordination.k8s.io', ['leases'], ['create']),
    rule('coordination.k8s.io', ['leases'], ['get', 'update'], [NAME]),
    rule(
      'upgrade.cattle.io',
      ['plans', 'plans/status'],
      [...READ, ...WRITE, 'delete'],
    ),
  ]),
  ...role('Role', NAME, [
    rule('batch', ['jobs'], [...READ, ...WRITE, 'delete', 'deletecollection']),
    rule('', ['secrets'], READ),
  ]),
  ...role('ClusterRole', `${NAME}-drainer`, [
    rule('', ['pods/eviction'], ['create']),
    rule('', ['pods'], ['get', 'list', 'delete']),
    rule('', ['nodes'], ['get', 'patch']),
    rule(
      'apps',
      ['statefulsets', 'daemonsets', 'replicasets'],
      ['get', 'list'],
    ),
  ]),
];

/** Its settings, as its release has them; a job that does not end is given up after 15 minutes. */
const SETTINGS = {
  SYSTEM_UPGRADE_CONTROLLER_DEBUG: 'false',
  SYSTEM_UPGRADE_CONTROLLER_THREADS: '2',
  SYSTEM_UPGRADE_CONTROLLER_LEADER_ELECT: 'true',
  SYSTEM_UPGRADE_JOB_ACTIVE_DEADLINE_SECONDS: '900',
  SYSTEM_UPGRADE_JOB_BACKOFF_LIMIT: '99',
  SYSTEM_UPGRADE_JOB_IMAGE_PULL_POLICY: 'IfNotPresent',
  SYSTEM_UPGRADE_JOB_KUBECTL_IMAGE: 'rancher/kubectl:v1.30.3',
  SYSTEM_UPGRADE_JOB_PRIVILEGED: 'true',
  SYSTEM_UPGRADE_JOB_TTL_SECONDS_AFTER_FINISH: '900',
  SYSTEM_UPGRADE_PLAN_POLLING_INTERVAL: '15m',
};

/** Folders of the server in which its authorities may lie. */
const AUTHORITIES = ['/etc/ssl', '/etc/pki', '/etc/ca-certificates'];

const volumeName = (folder: string) => folder.slice(1).replaceAll('/', '-');

const fromPod = (name: string, fieldPath: string) => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
});

const LABELS = { 'upgrade.cattle.io/controller': NAME };

const CONTROLLER: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: NAME, namespace: NAMESPACE },
  spec: {
    strategy: { type: 'Recreate' },
    selector: { matchLabels: LABELS },
    template: {
      metadata: {
        labels: { ...LABELS, 'app.kubernetes.io/name': NAME },
      },
      spec: {
        nodeSelector: { 'node-role.kubernetes.io/control-plane': 'true' },
        serviceAccountName: ACCOUNT,
        tolerations: [
          { key: 'CriticalAddonsOnly', operator: 'Exists' },
          {
            key: 'node-role.kubernetes.io/control-plane',
            operator: 'Exists',
            effect: 'NoSchedule',
          },
          {
            key: 'node-role.kubernetes.io/etcd',
            operator: 'Exists',
            effect: 'NoExecute',
          },
        ],
        containers: [
          {
            name: NAME,
            image: `rancher/system-upgrade-controller:${VERSION}`,
            imagePullPolicy: 'IfNotPresent',
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 65534,
              runAsGroup: 65534,
              allowPrivilegeEscalation: false,
              seccompProfile: { type: 'RuntimeDefault' },
              capabilities: { drop: ['ALL'] },
            },
            envFrom: [{ configMapRef: { name: 'default-controller-env' } }],
            env: [
              fromPod(
                'SYSTEM_UPGRADE_CONTROLLER_NAME',
                "metadata.labels['upgrade.cattle.io/controller']",
              ),
              fromPod(
                'SYSTEM_UPGRADE_CONTROLLER_NAMESPACE',
                'metadata.namespace',
              ),
              fromPod('SYSTEM_UPGRADE_CONTROLLER_NODE_NAME', 'spec.nodeName'),
            ],
            volumeMounts: [
              ...AUTHORITIES.map(folder => ({
                name: volumeName(folder),
                mountPath: folder,
                readOnly: true,
              })),
              { name: 'tmp', mountPath: '/tmp' },
            ],
          },
        ],
        volumes: [
          ...AUTHORITIES.map(folder => ({
            name: volumeName(folder),
            hostPath: { path: folder, type: 'DirectoryOrCreate' },
          })),
          { name: 'tmp', emptyDir: {} },
        ],
      },
    },
  },
};

/**
 * Upgrades k3s node by node when a plan asks for it. Its jobs are privileged, so
 * its namespace is.
 *
 * Version: rancher/system-upgrade-controller v0.20.1, 2026-07-22; objects after
 * its `manifests`.
 */
export const systemUpgradeController: Addon = {
  name: NAME,
  version: VERSION,
  needs: [cloudControllerManager.name],
  isWanted: () => true,
  objects: () => [
    namespace(NAMESPACE, 'privileged'),
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: ACCOUNT, namespace: NAMESPACE },
    },
    ...RIGHTS,
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'default-controller-env', namespace: NAMESPACE },
      data: SETTINGS,
    },
    CONTROLLER,
  ],
  signs: () => [deployment(NAMESPACE, NAME)],
};
