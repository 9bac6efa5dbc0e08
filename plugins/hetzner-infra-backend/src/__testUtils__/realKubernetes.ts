import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ClusterIdentity } from '../bootstrap/ClusterIdentity';
import {
  createClusterIdentity,
  createClusterRoots,
} from '../bootstrap/createClusterIdentity';
import { createServerCertificate } from '../bootstrap/pki';
import { authorityOf, portalCredential } from '../bootstrap/portalCredential';
import { systemClock } from '../clouds/clock';
import {
  connectKubernetes,
  type KubernetesConnection,
} from '../clouds/kubernetes';

// eslint-disable-next-line no-restricted-syntax
const REPOSITORY = join(__dirname, '../../../..');

/** A first search may have to build the programs. */
export const PROGRAMS_MILLISECONDS = 20 * 60_000;

const READY_MILLISECONDS = 60_000;

/** A control plane of real programs, with the authorities of a cluster identity. */
export interface RealKubernetes {
  identity: ClusterIdentity;
  /** Its address. */
  url: string;
  /** Opens it as the portal does. */
  connect(
    options?: Partial<Parameters<typeof connectKubernetes>[0]>,
  ): KubernetesConnection;
  close(): Promise<void>;
}

/** Where programs of Kubernetes lie, by name; the sandbox knows and brings them. */
async function programs(...names: string[]): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(REPOSITORY, 'packages/sandbox/src/programs/find.ts'),
      ...names,
    ],
    {
      cwd: REPOSITORY,
      env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' },
    },
  );
  return JSON.parse(stdout);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Programs that end with this process, however it dies. */
class Running {
  readonly #children: ChildProcess[] = [];
  readonly said: string[] = [];

  start(program: string, args: string[]): void {
    const child = spawn(
      'sh',
      [
        '-c',
        'exec 3<&0; "$@" </dev/null 3<&- & program=$!; (cat <&3 >/dev/null; kill -KILL "$program") 2>/dev/null & wait "$program"',
        'sh',
        program,
        ...args,
      ],
      { stdio: ['pipe', 'ignore', 'pipe'], env: {} },
    );
    child.stderr!.on('data', text => {
      this.said.push(String(text));
      this.said.splice(0, this.said.length - 40);
    });
    child.stdin!.on('error', () => {});
    this.#children.push(child);
  }

  async close(): Promise<void> {
    for (const child of [...this.#children].reverse()) {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      child.stdin!.end();
      await ended;
    }
  }
}

/** Starts etcd, the API server and the controller manager, and waits until it is ready. */
export async function startRealKubernetes(
  environment = 'test',
): Promise<RealKubernetes> {
  const found = await programs(
    'etcd',
    'kube-apiserver',
    'kube-controller-manager',
  );
  const now = new Date();
  const identity = await createClusterIdentity(
    environment,
    await createClusterRoots(environment, now),
    now,
  );
  const folder = await mkdtemp(join(tmpdir(), 'real-kubernetes-'));
  const write = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600 });
    return file;
  };
  const serving = await createServerCertificate(
    authorityOf(identity.serverCa),
    ['kubernetes'],
    now,
  );
  const { privateKey: accounts } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const files = {
    serverCa: await write('server-ca.crt', identity.serverCa.chain),
    clientCa: await write('client-ca.crt', identity.clientCa.chain),
    tls: await write('tls.crt', serving.certificate),
    tlsKey: await write('tls.key', serving.privateKey),
    accounts: await write(
      'accounts.key',
      accounts.export({ type: 'sec1', format: 'pem' }) as string,
    ),
  };
  const [etcdPort, peerPort, apiPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const url = `https://127.0.0.1:${apiPort}`;
  const credential = () => portalCredential(identity, new Date());
  const manager = await credential();
  const kubeconfig = await write(
    'controller-manager.json',
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'test',
      clusters: [
        {
          name: 'test',
          cluster: {
            server: url,
            'tls-server-name': 'kubernetes',
            'certificate-authority': files.serverCa,
          },
        },
      ],
      users: [
        {
          name: 'test',
          user: {
            'client-certificate-data': btoa(manager.certificate),
            'client-key-data': btoa(manager.privateKey),
          },
        },
      ],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    }),
  );
  const running = new Running();
  const etcdUrl = `http://127.0.0.1:${etcdPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  running.start(found.etcd, [
    '--unsafe-no-fsync',
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
  ]);
  running.start(found['kube-apiserver'], [
    `--etcd-servers=${etcdUrl}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${apiPort}`,
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    `--tls-cert-file=${files.tls}`,
    `--tls-private-key-file=${files.tlsKey}`,
    `--client-ca-file=${files.clientCa}`,
    '--anonymous-auth=false',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${files.accounts}`,
    `--service-account-signing-key-file=${files.accounts}`,
    '--service-cluster-ip-range=10.43.0.0/16',
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
  ]);
  const connections: KubernetesConnection[] = [];
  const connect: RealKubernetes['connect'] = options => {
    const connection = connectKubernetes({
      environment,
      serverCa: identity.serverCa.chain,
      controlPlanes: [url],
      credential,
      clock: systemClock,
      pauseSeconds: 0.2,
      ...options,
    });
    connections.push(connection);
    return connection;
  };
  const close = async () => {
    connections.forEach(connection => connection.close());
    await running.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const deadline = Date.now() + READY_MILLISECONDS;
    const probe = connect({ rounds: 1 });
    for (;;) {
      try {
        await probe.ready();
        break;
      } catch (error) {
        if (Date.now() > deadline) {
          throw new Error(`${error}\n${running.said.join('')}`);
        }
        await new Promise(resolve => setTimeout(resolve, 200));
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  running.start(found['kube-controller-manager'], [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--use-service-account-credentials',
    `--root-ca-file=${files.serverCa}`,
    `--service-account-private-key-file=${files.accounts}`,
    '--secure-port=0',
  ]);
  return { identity, url, connect, close };
}
