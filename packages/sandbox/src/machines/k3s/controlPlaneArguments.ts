import { first } from './serviceAddress';
import type { K3sConfig } from './config';
import { API_SERVER_PORT, ETCD_CLIENT_PORT } from './ports';

/** Files and addresses that the control plane's programs are told of. */
export interface ControlPlanePaths {
  address: string;
  advertiseAddress: string | undefined;
  serverCa: string;
  clientCa: string;
  clientCaSigner: string;
  clientCaKey: string;
  serverCaSigner: string;
  serverCaKey: string;
  requestHeaderCa: string;
  etcdCa: string;
  serviceKey: string;
  encryption: string | undefined;
  serving: { certificate: string; key: string };
  etcdClient: { certificate: string; key: string };
  kubeletClient: { certificate: string; key: string };
  proxyClient: { certificate: string; key: string };
  controllerKubeconfig: string;
  schedulerKubeconfig: string;
}

/** Names of the API server in its certificate. Source: k3s pkg/daemons/control/deps/deps.go. */
export const apiServerNames = (config: K3sConfig): string[] => [
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  `kubernetes.default.svc.${config['cluster-domain']}`,
  'localhost',
  '127.0.0.1',
  '::1',
  first(config['service-cidr']),
];

/** Arguments of the API server. Source: k3s pkg/daemons/control/server.go, `apiServer`. */
export function apiServerArguments(
  config: K3sConfig,
  paths: ControlPlanePaths,
): string[] {
  const issuer = `https://kubernetes.default.svc.${config['cluster-domain']}`;
  return [
    '--allow-privileged=true',
    '--anonymous-auth=false',
    `--api-audiences=${issuer},k3s`,
    '--authorization-mode=Node,RBAC',
    `--bind-address=${paths.address}`,
    `--secure-port=${API_SERVER_PORT}`,
    // The address of a Service's end must not be one of this machine.
    ...(paths.advertiseAddress
      ? [
          `--advertise-address=${paths.advertiseAddress}`,
          '--endpoint-reconciler-type=lease',
        ]
      : ['--endpoint-reconciler-type=none']),
    `--client-ca-file=${paths.clientCa}`,
    '--enable-admission-plugins=NodeRestriction',
    ...(paths.encryption
      ? [`--encryption-provider-config=${paths.encryption}`]
      : []),
    `--etcd-servers=https://${paths.address}:${ETCD_CLIENT_PORT}`,
    `--etcd-cafile=${paths.etcdCa}`,
    `--etcd-certfile=${paths.etcdClient.certificate}`,
    `--etcd-keyfile=${paths.etcdClient.key}`,
    `--kubelet-client-certificate=${paths.kubeletClient.certificate}`,
    `--kubelet-client-key=${paths.kubeletClient.key}`,
    // Only a public address of a node leads anywhere on this machine.
    '--kubelet-preferred-address-types=ExternalIP',
    '--profiling=false',
    `--proxy-client-cert-file=${paths.proxyClient.certificate}`,
    `--proxy-client-key-file=${paths.proxyClient.key}`,
    '--requestheader-allowed-names=system:auth-proxy',
    `--requestheader-client-ca-file=${paths.requestHeaderCa}`,
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-username-headers=X-Remote-User',
    `--service-account-issuer=${issuer}`,
    `--service-account-key-file=${paths.serviceKey}`,
    `--service-account-signing-key-file=${paths.serviceKey}`,
    `--service-cluster-ip-range=${config['service-cidr']}`,
    '--storage-backend=etcd3',
    `--tls-cert-file=${paths.serving.certificate}`,
    `--tls-private-key-file=${paths.serving.key}`,
  ];
}

/** Another control plane takes over soon after one was cut off. */
const ELECTION = [
  '--leader-elect=true',
  '--leader-elect-lease-duration=8s',
  '--leader-elect-renew-deadline=5s',
  '--leader-elect-retry-period=1s',
];

/** Arguments of the controller manager. Source: as above, `controllerManager`. */
export function controllerManagerArguments(
  config: K3sConfig,
  paths: ControlPlanePaths,
): string[] {
  const signing = (name: string, ca: 'client' | 'server') => [
    `--cluster-signing-${name}-cert-file=${
      ca === 'client' ? paths.clientCaSigner : paths.serverCaSigner
    }`,
    `--cluster-signing-${name}-key-file=${
      ca === 'client' ? paths.clientCaKey : paths.serverCaKey
    }`,
  ];
  return [
    '--allocate-node-cidrs=true',
    `--cluster-cidr=${config['cluster-cidr']}`,
    ...signing('kube-apiserver-client', 'client'),
    ...signing('kubelet-client', 'client'),
    ...signing('kubelet-serving', 'server'),
    ...signing('legacy-unknown', 'server'),
    '--controllers=*,tokencleaner',
    `--kubeconfig=${paths.controllerKubeconfig}`,
    ...ELECTION,
    '--profiling=false',
    `--root-ca-file=${paths.serverCa}`,
    '--secure-port=0',
    `--service-account-private-key-file=${paths.serviceKey}`,
    `--service-cluster-ip-range=${config['service-cidr']}`,
    '--use-service-account-credentials=true',
  ];
}

/** Arguments of the scheduler. Source: as above, `scheduler`. */
export const schedulerArguments = (paths: ControlPlanePaths): string[] => [
  `--kubeconfig=${paths.schedulerKubeconfig}`,
  ...ELECTION,
  '--profiling=false',
  '--secure-port=0',
];
