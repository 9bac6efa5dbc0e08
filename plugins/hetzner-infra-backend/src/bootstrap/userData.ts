import { createHash } from 'node:crypto';
import { CONTROL_PLANE_FILES, WORKER_FILES } from './bootFiles';
import { cloudConfig, toYaml, type BootFile } from './cloudConfig';
import type { ClusterIdentity, SigningCa } from './ClusterIdentity';
import { controlPlaneConfig, workerConfig, type K3sConfig } from './k3sConfig';

/** The release that servers install, and what its binaries hash to. */
export interface K3sRelease {
  /** Such as `v1.36.3+k3s1`. */
  version: string;
  /** SHA-256 of the binaries by architecture, in lower-case hex. */
  sha256: { amd64: string; arm64: string };
  /** Address under which there is a folder for each version. */
  releases: string;
}

/** What the user data of all servers of one environment is made from. */
export interface Cluster {
  identity: ClusterIdentity;
  release: K3sRelease;
  /** Range of the subnet that the nodes live in, as CIDR. */
  nodes: string;
  /** Private addresses that control planes have or may get; the first begins the cluster. */
  controlPlanes: readonly string[];
}

/** The server that the user data is for. */
export type BootingServer =
  | { role: 'control-plane'; address: string }
  | { role: 'worker'; pool: string };

/** Characters of the hash: a label's value has 63 at most. */
const HASH_CHARACTERS = 32;

/** What tells user data apart, in lower-case hex. */
export const userDataHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, HASH_CHARACTERS);

const TLS_FOLDER = '/var/lib/rancher/k3s/server/tls';

const secretFile = (path: string, content: string): BootFile => ({
  path,
  permissions: '0600',
  content,
});

const publicFile = (path: string, content: string): BootFile => ({
  path,
  permissions: '0644',
  content,
});

const signingCaFiles = (name: string, ca: SigningCa): BootFile[] => [
  publicFile(`${TLS_FOLDER}/${name}.crt`, ca.chain),
  secretFile(`${TLS_FOLDER}/${name}.key`, ca.privateKey),
];

/** What the script that runs before k3s reads; nothing in it is secret. */
function prepareEnvironment(
  { release, controlPlanes }: Cluster,
  { range, joins }: { range: string; joins: boolean },
): BootFile {
  const variables = {
    NODE_RANGE: range,
    JOINS: joins ? 'yes' : 'no',
    CONTROL_PLANES: `"${controlPlanes.join(' ')}"`,
    RELEASE_URL: `${release.releases}/${encodeURIComponent(release.version)}`,
    SHA256_AMD64: release.sha256.amd64,
    SHA256_ARM64: release.sha256.arm64,
  };
  return publicFile(
    '/etc/rancher/k3s/prepare.env',
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
}

/** What is particular to a server of this cluster. */
const ownFiles = (
  cluster: Cluster,
  config: K3sConfig,
  prepare: { range: string; joins: boolean },
): BootFile[] => [
  secretFile('/etc/rancher/k3s/config.yaml', toYaml(config)),
  publicFile(
    '/etc/rancher/k3s/cluster-ca.crt',
    cluster.identity.serverCa.chain,
  ),
  prepareEnvironment(cluster, prepare),
];

/**
 * User data of a server, from which it becomes a node without anybody logging
 * in. Pure: the same cluster and server give the same bytes. Servers of one pool
 * have the same. Only the first control plane gets CA keys, and workers get
 * nothing that opens more than a worker's place.
 *
 * @throws RangeError when the provider would refuse it
 */
export function userData(cluster: Cluster, server: BootingServer): string {
  const { identity, nodes } = cluster;
  const [first] = cluster.controlPlanes;
  if (server.role === 'worker') {
    return cloudConfig(
      [
        ...ownFiles(
          cluster,
          workerConfig(identity, { join: first, pool: server.pool }),
          { range: nodes, joins: true },
        ),
        ...WORKER_FILES,
      ],
      'k3s-agent.service',
    );
  }
  const { address } = server;
  const joins = address !== first;
  return cloudConfig(
    [
      ...ownFiles(
        cluster,
        controlPlaneConfig(identity, {
          address,
          join: joins ? first : undefined,
        }),
        { range: `${address}/32`, joins },
      ),
      ...(joins
        ? []
        : [
            ...signingCaFiles('server-ca', identity.serverCa),
            ...signingCaFiles('client-ca', identity.clientCa),
          ]),
      ...CONTROL_PLANE_FILES,
    ],
    'k3s.service',
  );
}
