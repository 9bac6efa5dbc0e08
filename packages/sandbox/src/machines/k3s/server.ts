import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { KubernetesClient } from '../kubernetes';
import { pause, until } from '../wait';
import type { ControlPlane } from './Cluster';
import { Components } from './Components';
import { K3sConfig, K3sConfigError, readK3sConfig } from './config';
import {
  apiServerArguments,
  apiServerNames,
  ControlPlanePaths,
  controllerManagerArguments,
  schedulerArguments,
} from './controlPlaneArguments';
import { etcdEndpoints, hasEtcdData, startEtcd } from './etcd';
import { startFront } from './front';
import { givenArguments } from './givenArguments';
import { JoinedServer, JoinRefusedError, meetServer } from './joining';
import type { K3sContext } from './K3s';
import { listenAsKubelet, registerNode } from './kubelet';
import { nodeAddressOf, nodeNameOf } from './node';
import { API_PORT, API_SERVER_PORT } from './ports';
import { prepare } from './prepare';
import { SERVER_FOLDER, ServerFiles } from './serverFiles';
import {
  criticalDifferences,
  criticalSettings,
  supervisorHandler,
} from './supervisor';
import { caHashOf, parseToken } from './token';

const POLL_MS = 200;
const RETRY_MS = 1_000;
const TOKEN = `${SERVER_FOLDER}/token`;
const KUBECONFIG = '/etc/rancher/k3s/k3s.yaml';

const ADMIN = {
  commonName: 'system:admin',
  organization: 'system:masters',
};

/** Labels that k3s gives its own nodes. */
const ROLES = {
  'node-role.kubernetes.io/control-plane': 'true',
  'node-role.kubernetes.io/etcd': 'true',
};

/** Meets the server that a control plane joins and takes over what all have in common. */
async function join(
  config: K3sConfig,
  token: string,
  { disk, surroundings, say, signal }: K3sContext,
): Promise<string[]> {
  const url = config.server!;
  const answer = await until(
    async () => {
      let server: JoinedServer | undefined;
      try {
        server = await meetServer(
          url,
          parseToken(token, 'server'),
          surroundings,
        );
        const theirs = JSON.parse(await server.call('config'));
        const differing = criticalDifferences(criticalSettings(config), theirs);
        if (differing.length > 0) {
          throw new JoinRefusedError(
            `critical configuration mismatched: ${differing.join(', ')}`,
          );
        }
        return {
          shared: JSON.parse(await server.call('server-bootstrap')),
          etcd: JSON.parse(await server.call('etcd')) as string[],
        };
      } catch (error) {
        if (error instanceof JoinRefusedError) throw error;
        say(`waiting for ${url}: ${(error as Error).message}`);
        return undefined;
      } finally {
        server?.close();
      }
    },
    RETRY_MS,
    signal,
  );
  ServerFiles.writeShared(disk, answer.shared);
  return answer.etcd;
}

/** Certificates and kubeconfigs of the control plane's programs. */
async function writePaths(
  files: ServerFiles,
  config: K3sConfig,
  { surroundings }: K3sContext,
): Promise<ControlPlanePaths> {
  const { address } = surroundings;
  const local = `https://${address}:${API_SERVER_PORT}`;
  const client = (
    file: string,
    leaf: { commonName: string; organization?: string },
  ) => files.issueFiles(file, 'client-ca', { ...leaf, usages: ['clientAuth'] });
  const kubeconfig = (file: string, commonName: string) =>
    files.writeKubeconfig(`${SERVER_FOLDER}/cred/${file}.kubeconfig`, local, {
      commonName,
    });
  const advertised =
    config['advertise-address'] ?? nodeAddressOf(config, surroundings);
  return {
    address,
    advertiseAddress:
      isIP(advertised) && !advertised.startsWith('127.')
        ? advertised
        : undefined,
    serverCa: files.bundle('server-ca'),
    clientCa: files.bundle('client-ca'),
    clientCaSigner: files.signer('client-ca'),
    clientCaKey: files.keyOf('client-ca'),
    serverCaSigner: files.signer('server-ca'),
    serverCaKey: files.keyOf('server-ca'),
    requestHeaderCa: files.bundle('request-header-ca'),
    etcdCa: files.bundle('etcd/server-ca'),
    serviceKey: files.serviceKey,
    encryption: files.encryption,
    serving: await files.issueFiles('serving-kube-apiserver', 'server-ca', {
      commonName: 'kube-apiserver',
      names: [...apiServerNames(config), address],
      usages: ['serverAuth'],
    }),
    etcdClient: await files.issueFiles('etcd/client', 'etcd/server-ca', {
      commonName: 'etcd-client',
      usages: ['clientAuth'],
    }),
    kubeletClient: await client('client-kube-apiserver', {
      commonName: 'system:apiserver',
      organization: 'system:masters',
    }),
    proxyClient: await files.issueFiles(
      'client-auth-proxy',
      'request-header-ca',
      { commonName: 'system:auth-proxy', usages: ['clientAuth'] },
    ),
    controllerKubeconfig: await kubeconfig(
      'controller',
      'system:kube-controller-manager',
    ),
    schedulerKubeconfig: await kubeconfig('scheduler', 'system:kube-scheduler'),
  };
}

/** The token of a control plane; k3s makes one that is not told any. */
function tokenOf(config: K3sConfig, { disk }: K3sContext): string {
  const token =
    config.token ?? disk.read(TOKEN)?.trim() ?? randomBytes(16).toString('hex');
  disk.write(TOKEN, `${token}\n`);
  return token;
}

/**
 * Runs `k3s server`: etcd, API server, controller manager and scheduler at the
 * machine's address, and the machine as a node, until it is ended.
 *
 * @throws K3sConfigError, JoinRefusedError, or Error when one of them ends
 */
export async function runServer(context: K3sContext): Promise<void> {
  const { unit, disk, surroundings, clusters, say, signal } = context;
  const { address, hostName } = surroundings;
  await prepare(unit.environment, context);
  const config = readK3sConfig(disk, unit);
  const token = tokenOf(config, context);
  const endpoints =
    config.server && !hasEtcdData(disk)
      ? await join(config, token, context)
      : undefined;
  const files = await ServerFiles.open(disk, config);
  const caHash = caHashOf(files.authority('server-ca').certificates);
  const own = parseToken(token, 'server');
  if (own.caHash !== undefined && own.caHash !== caHash) {
    throw new K3sConfigError(
      `token CA hash does not match the server CA: ${own.caHash} != ${caHash}`,
    );
  }
  const agentToken = parseToken(config['agent-token'] ?? own.password, 'node');
  await files.writeKubeconfig(
    KUBECONFIG,
    `https://${address}:${API_PORT}`,
    ADMIN,
  );
  const admin = await files.issue('client-ca', {
    ...ADMIN,
    usages: ['clientAuth'],
  });
  const client = new KubernetesClient({
    ...admin,
    host: address,
    port: API_SERVER_PORT,
    name: 'kubernetes',
    ca: files.authority('server-ca').certificates,
  });
  const components = new Components(context.programs, context.logs);
  const ended: (() => Promise<unknown> | void)[] = [
    () => client.close(),
    () => components.close(),
  ];
  let isReady = false;
  try {
    const front = await startFront({
      address,
      files,
      names: [
        ...apiServerNames(config),
        hostName,
        ...surroundings.privateAddresses(),
        ...config['node-ip'],
        ...config['tls-san'],
        ...(config['advertise-address'] ? [config['advertise-address']] : []),
        // The local kubeconfig names it.
        address,
      ],
      supervisor: supervisorHandler({
        files,
        config,
        passwords: { server: own.password, node: agentToken.password },
        isReady: () => isReady,
        etcdEndpoints: () => etcdEndpoints(files, address),
      }),
    });
    ended.push(() => front.close());
    say('starting etcd');
    await startEtcd({
      ...{ disk, files, components, hostName, address, endpoints },
      ...{ say, signal },
    });
    const paths = await writePaths(files, config, context);
    const start = (name: string, args: string[], given: string[]) => {
      const { accepted, refused } = givenArguments(name, given, disk);
      if (refused.length > 0) {
        say(`${name} does not get here: ${refused.join(', ')}`);
      }
      components.start(name, [...args, ...accepted]);
    };
    say('starting kube-apiserver');
    start(
      'kube-apiserver',
      apiServerArguments(config, paths),
      config['kube-apiserver-arg'],
    );
    await untilReady(client, components, signal);
    start(
      'kube-controller-manager',
      controllerManagerArguments(config, paths),
      config['kube-controller-manager-arg'],
    );
    start(
      'kube-scheduler',
      schedulerArguments(paths),
      config['kube-scheduler-arg'],
    );
    isReady = true;
    say(`the Kubernetes API answers at https://${address}:${API_PORT}`);

    const cluster = clusters.of(caHash);
    const controlPlane: ControlPlane = {
      ...{ surroundings, files, components, client, say },
      kubeconfig: await files.writeKubeconfig(
        `${SERVER_FOLDER}/cred/admin.kubeconfig`,
        `https://${address}:${API_SERVER_PORT}`,
        ADMIN,
      ),
    };
    cluster.addControlPlane(controlPlane);
    const name = nodeNameOf(config, surroundings);
    const machine = { surroundings, joined: address };
    ended.push(async () => {
      cluster.removeControlPlane(controlPlane);
      cluster.removeNode(name, machine);
      await clusters.release(caHash);
    });
    const kubelet = await listenAsKubelet(address, cluster);
    ended.push(() => kubelet.close());
    const self = new JoinedServer(
      `https://kubernetes:${API_PORT}`,
      address,
      API_PORT,
      files.authority('server-ca').certificates,
      { user: 'server', password: own.password },
    );
    ended.push(() => self.close());
    await registerNode(self, config, surroundings, context.version);
    await client.patch(`/api/v1/nodes/${name}`, {
      metadata: { labels: ROLES },
    });
    cluster.addNode(name, machine);
    say(`node ${name} is registered`);
    await Promise.race([
      components.failure,
      pause(2 ** 31 - 1, signal).catch(() => {}),
    ]);
  } finally {
    isReady = false;
    await Promise.all(ended.map(end => end()));
  }
}

/** Waits until the API server says that it is ready. */
async function untilReady(
  client: KubernetesClient,
  components: Components,
  signal: AbortSignal,
): Promise<void> {
  await Promise.race([
    components.failure,
    until(
      async () =>
        client
          .send<string>('GET', '/readyz')
          .then(answer => (answer === 'ok' ? true : undefined))
          .catch(() => undefined),
      POLL_MS,
      signal,
    ),
  ]);
}
