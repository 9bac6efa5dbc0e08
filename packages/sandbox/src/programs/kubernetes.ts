import path from 'node:path';
import type { Program } from './program';

const KUBERNETES = '1.36.3';
const ETCD = '3.7.3';
const KWOK = '0.8.0';
const METRICS_SERVER = '0.9.0';

// The sandbox runs from its sources only.
// eslint-disable-next-line no-restricted-syntax
const packageRoot = path.resolve(__dirname, '..', '..');
const modules = path.join(packageRoot, 'programs', 'kubernetes');

const stripped = (...stamps: string[]) =>
  ['-s', '-w', ...stamps.map(stamp => `-X ${stamp}`)].join(' ');

/**
 * What Kubernetes' own build stamps into its programs; without it they say
 * v0.0.0, which some clients refuse. Source: kubernetes v1.36.3,
 * hack/lib/version.sh.
 */
const KUBERNETES_STAMP = (() => {
  const [major, minor] = KUBERNETES.split('.');
  return stripped(
    ...[
      'k8s.io/component-base/version',
      'k8s.io/client-go/pkg/version',
    ].flatMap(packageName => [
      `${packageName}.gitVersion=v${KUBERNETES}`,
      `${packageName}.gitMajor=${major}`,
      `${packageName}.gitMinor=${minor}`,
    ]),
  );
})();

/** Node's names of architectures in Go's words. */
const ARCHITECTURES: Partial<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
};

/** Names of the programs that a cluster is made of. */
export const KUBERNETES_PROGRAMS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'kubectl',
  'metrics-server',
] as const;

/** Name of a program that a cluster is made of. */
export type KubernetesProgram = (typeof KUBERNETES_PROGRAMS)[number];

/**
 * The programs of a cluster, all from one set of modules, so that what they
 * share is compiled once. Addresses of the releases: Kubernetes' and etcd's
 * installation guides; kwok publishes no checksums and metrics-server no
 * programs, so these two are built.
 */
export function kubernetesPrograms(
  architecture: string = process.arch,
  platform: string = process.platform,
): Program[] {
  const machine = platform === 'linux' && ARCHITECTURES[architecture];
  const ofKubernetes = (
    name: KubernetesProgram,
    versionArguments: string[],
  ): Program => {
    const binary = `https://dl.k8s.io/release/v${KUBERNETES}/bin/linux/${machine}/${name}`;
    return {
      name,
      version: KUBERNETES,
      versionArguments,
      ...(machine && { release: { binary, checksums: `${binary}.sha256` } }),
      build: {
        modules,
        package: `k8s.io/kubernetes/cmd/${name}`,
        linkerFlags: KUBERNETES_STAMP,
      },
    };
  };
  const etcdReleases = `https://github.com/etcd-io/etcd/releases/download/v${ETCD}`;
  return [
    {
      name: 'etcd',
      version: ETCD,
      versionArguments: ['--version'],
      ...(machine && {
        release: {
          archive: `${etcdReleases}/etcd-v${ETCD}-linux-${machine}.tar.gz`,
          checksums: `${etcdReleases}/SHA256SUMS`,
        },
      }),
      build: {
        modules,
        package: 'go.etcd.io/etcd/server/v3',
        linkerFlags: stripped(),
      },
    },
    ofKubernetes('kube-apiserver', ['--version']),
    ofKubernetes('kube-controller-manager', ['--version']),
    ofKubernetes('kube-scheduler', ['--version']),
    {
      name: 'kwok',
      version: KWOK,
      versionArguments: ['--version'],
      build: {
        modules,
        package: 'sigs.k8s.io/kwok/cmd/kwok',
        linkerFlags: stripped(`sigs.k8s.io/kwok/pkg/consts.Version=v${KWOK}`),
      },
    },
    ofKubernetes('kubectl', ['version', '--client']),
    {
      name: 'metrics-server',
      version: METRICS_SERVER,
      versionArguments: ['--version'],
      build: {
        modules,
        package: 'sigs.k8s.io/metrics-server/cmd/metrics-server',
        linkerFlags: stripped(
          `k8s.io/client-go/pkg/version.gitVersion=v${METRICS_SERVER}`,
        ),
      },
    },
  ];
}
