import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  clusterUserData,
  ClusterServer,
  PRIVATE_ADDRESSES,
} from '../testing/clusterUserData';
import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from '../testing/sandboxUnderTest';

// The first run on a machine may build Kubernetes, when it has nothing better to do.
const PROGRAMS_MS = 60 * 60_000;
jest.setTimeout(400_000);

/** Far more than anything takes, on a busy machine too. */
const PATIENCE_MS = 90_000;
const POLL_MS = 300;
const token = 'test';
const execute = promisify(execFile);

describe('machines', () => {
  let sandbox: SandboxUnderTest;
  let kubectlProgram: string;
  let network: number;
  const ids = new Map<string, number>();

  /** Repeats until nothing fails; gives up with what failed last. */
  async function eventually<Answer>(
    look: () => Promise<Answer> | Answer,
    limitMs = PATIENCE_MS,
  ): Promise<Answer> {
    const end = performance.now() + limitMs;
    for (;;) {
      try {
        return await look();
      } catch (error) {
        if (performance.now() > end) throw error;
        await new Promise(resolve => setTimeout(resolve, POLL_MS));
      }
    }
  }

  async function boot(
    name: string,
    server: ClusterServer,
    change?: (text: string) => string,
  ): Promise<number> {
    const made = await sandbox.done('POST /servers', {
      name,
      server_type: server === 'worker' ? 'cx33' : 'cx23',
      image: 'ubuntu-24.04',
      location: 'fsn1',
      start_after_create: false,
      user_data: clusterUserData(server, change),
    });
    const { id } = made.server;
    ids.set(name, id);
    await sandbox.done(`POST /servers/${id}/actions/attach_to_network`, {
      network,
      ip: PRIVATE_ADDRESSES[server],
    });
    await sandbox.done(`POST /servers/${id}/actions/poweron`);
    return id;
  }
  const power = (name: string, action: 'poweron' | 'poweroff') =>
    sandbox.done(`POST /servers/${ids.get(name)}/actions/${action}`);

  async function consoleOf(name: string): Promise<string> {
    const answer = await fetch(
      `${sandbox.url}/control/machines/${ids.get(name)}/console`,
    );
    return answer.text();
  }

  const diskOf = (name: string) =>
    path.join(sandbox.folder, 'machines', String(ids.get(name)), 'disk');

  /** Unmodified kubectl, with the kubeconfig that a control plane keeps. */
  async function kubectl(
    controlPlane: string,
    ...args: string[]
  ): Promise<string> {
    const kubeconfig = path.join(
      diskOf(controlPlane),
      'etc/rancher/k3s/k3s.yaml',
    );
    const { stdout } = await execute(
      kubectlProgram,
      ['--kubeconfig', kubeconfig, '--request-timeout=10s', ...args],
      {
        env: { PATH: process.env.PATH, HOME: sandbox.folder },
        maxBuffer: 2 ** 26,
      },
    );
    return stdout;
  }
  const json = async (controlPlane: string, ...args: string[]) =>
    JSON.parse(await kubectl(controlPlane, ...args, '-o', 'json'));

  /** Whether a node is Ready, by its name. */
  async function readiness(
    controlPlane: string,
  ): Promise<Record<string, string>> {
    const { items } = await json(controlPlane, 'get', 'nodes');
    return Object.fromEntries(
      items.map(
        (node: {
          metadata: { name: string };
          status: { conditions?: { type: string; status: string }[] };
        }) => [
          node.metadata.name,
          node.status.conditions?.find(({ type }) => type === 'Ready')?.status,
        ],
      ),
    );
  }
  const untilReadiness = (
    controlPlane: string,
    expected: Record<string, string>,
  ) =>
    eventually(async () =>
      expect(await readiness(controlPlane)).toEqual(expected),
    );

  beforeAll(async () => {
    sandbox = await startSandboxUnderTest({}, { machines: true });
    const programs = await eventually(async () => {
      const { body } = await sandbox.control('GET /programs');
      if (body.state === 'preparing') throw new Error(body.reason);
      return body;
    }, PROGRAMS_MS);
    if (programs.state !== 'ready') throw new Error(programs.reason);
    kubectlProgram = programs.programs.find(
      ({ name }: { name: string }) => name === 'kubectl',
    ).path;
    ({
      network: { id: network },
    } = await sandbox.ok('POST /networks', {
      name: 'nodes',
      ip_range: '10.0.0.0/16',
      subnets: [
        { type: 'cloud', network_zone: 'eu-central', ip_range: '10.0.1.0/24' },
      ],
    }));
    // The worker comes first and waits.
    await boot('web-1', 'worker');
    await boot('cp-1', 'control-plane-1');
  }, PROGRAMS_MS);
  afterAll(() => sandbox?.close());

  it('become a cluster that answers with the CA of the user data', async () => {
    await untilReadiness('cp-1', { 'cp-1': 'True', 'web-1': 'True' });
    expect(await kubectl('cp-1', 'get', '--raw', '/readyz')).toBe('ok');
    const said = await consoleOf('cp-1');
    expect(said).toContain('cloud-init: wrote /etc/rancher/k3s/config.yaml');
    expect(said).toContain('the Kubernetes API answers at https://127.');
    // Nothing of a user's may come in by what only the front may say.
    const { server } = (await json('cp-1', 'config', 'view', '--raw'))
      .clusters[0].cluster;
    const certificates = path.join(
      diskOf('cp-1'),
      'var/lib/rancher/k3s/server/tls/server-ca.crt',
    );
    const { stdout } = await execute('curl', [
      ...['--silent', '--cacert', certificates],
      ...['--header', 'X-Remote-User: system:admin'],
      ...['--header', 'X-Remote-Group: system:masters'],
      `${server}/api/v1/nodes`,
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ code: 401 });
  });

  it('are initialised by the cloud controller once it has its token', async () => {
    const before = await json('cp-1', 'get', 'node', 'web-1');
    expect(before.spec.taints).toContainEqual(
      expect.objectContaining({
        key: 'node.cloudprovider.kubernetes.io/uninitialized',
      }),
    );
    expect(before.status.capacity).toMatchObject({ cpu: '4' });
    await kubectl(
      ...(['cp-1', '--namespace', 'kube-system', 'create', 'secret'] as const),
      ...['generic', 'hcloud', `--from-literal=token=${token}`],
    );
    const node = await eventually(async () => {
      const found = await json('cp-1', 'get', 'node', 'web-1');
      expect(found.spec.taints).toBeUndefined();
      return found;
    });
    expect(node.spec.providerID).toBe(`hcloud://${ids.get('web-1')}`);
    expect(node.metadata.labels).toMatchObject({
      'node.kubernetes.io/instance-type': 'cx33',
      'topology.kubernetes.io/region': 'fsn1',
      'infra.xpeditis.com/pool': 'web',
    });
    expect(
      node.status.addresses.map(({ type }: { type: string }) => type),
    ).toEqual(['Hostname', 'InternalIP', 'ExternalIP']);
    const controlPlane = await json('cp-1', 'get', 'node', 'cp-1');
    expect(controlPlane.spec.taints).toEqual([
      { key: 'CriticalAddonsOnly', value: 'true', effect: 'NoExecute' },
    ]);
  });

  it('do not join with a wrong password or another CA', async () => {
    await boot('wrong-password', 'worker', text =>
      text.replace(/::node:.{8}/, '::node:00000000'),
    );
    await boot('wrong-ca', 'worker', text =>
      text.replace(/K10.{8}/, 'K1000000000'),
    );
    await eventually(async () => {
      expect(await consoleOf('wrong-password')).toContain(
        'does not accept the token of user node',
      );
      expect(await consoleOf('wrong-ca')).toContain(
        'token CA hash does not match the CA certificate hash',
      );
    });
    expect(Object.keys(await readiness('cp-1')).sort()).toEqual([
      'cp-1',
      'web-1',
    ]);
    for (const name of ['wrong-password', 'wrong-ca']) {
      await sandbox.done(`DELETE /servers/${ids.get(name)}`);
    }
    await eventually(() => {
      expect(readdirSync(path.join(sandbox.folder, 'machines')).sort()).toEqual(
        [ids.get('cp-1'), ids.get('web-1')].map(String).sort(),
      );
    });
  });

  it('run pods whose usage is measured, and lose them with their power', async () => {
    await boot('web-2', 'worker');
    await untilReadiness('cp-1', {
      'cp-1': 'True',
      'web-1': 'True',
      'web-2': 'True',
    });
    await kubectl(
      ...(['cp-1', 'create', 'deployment', 'shop', '--replicas=4'] as const),
      '--image=shop:1',
    );
    await kubectl(
      'cp-1',
      'rollout',
      'status',
      'deployment/shop',
      '--timeout=60s',
    );
    const hosts = async () => {
      const { items } = await json(
        'cp-1',
        'get',
        'pods',
        '--selector=app=shop',
      );
      return new Set(
        items
          .filter(
            (pod: {
              metadata: { deletionTimestamp?: string };
              status: { phase: string };
            }) =>
              !pod.metadata.deletionTimestamp && pod.status.phase === 'Running',
          )
          .map((pod: { spec: { nodeName: string } }) => pod.spec.nodeName),
      );
    };
    expect(await hosts()).toEqual(new Set(['web-1', 'web-2']));
    await eventually(async () =>
      expect(await kubectl('cp-1', 'top', 'pods')).toMatch(/shop-\S+\s+5m/),
    );

    await power('web-2', 'poweroff');
    await untilReadiness('cp-1', {
      'cp-1': 'True',
      'web-1': 'True',
      'web-2': 'Unknown',
    });
    await eventually(async () =>
      expect(await hosts()).toEqual(new Set(['web-1'])),
    );
    await power('web-2', 'poweron');
    await untilReadiness('cp-1', {
      'cp-1': 'True',
      'web-1': 'True',
      'web-2': 'True',
    });

    // Without a way to the control plane it is as good as off.
    await sandbox.done(
      `POST /servers/${ids.get('web-2')}/actions/detach_from_network`,
      { network },
    );
    await untilReadiness('cp-1', {
      'cp-1': 'True',
      'web-1': 'True',
      'web-2': 'Unknown',
    });
    await sandbox.done(`DELETE /servers/${ids.get('web-2')}`);
    await untilReadiness('cp-1', { 'cp-1': 'True', 'web-1': 'True' });
  });

  it('keep what is on their disks while they and the sandbox are off', async () => {
    await kubectl('cp-1', 'create', 'configmap', 'kept');
    await power('cp-1', 'poweroff');
    await eventually(() =>
      expect(kubectl('cp-1', 'get', 'nodes')).rejects.toThrow('refused'),
    );
    await power('cp-1', 'poweron');
    await eventually(() => kubectl('cp-1', 'get', 'configmap', 'kept'));
    await sandbox.restart();
    await eventually(() => kubectl('cp-1', 'get', 'configmap', 'kept'));
    await untilReadiness('cp-1', { 'cp-1': 'True', 'web-1': 'True' });
    expect(await consoleOf('cp-1')).toContain('kernel: power off');
  });

  it('of three control planes lose the first without a stop', async () => {
    await Promise.all([
      boot('cp-2', 'control-plane-2'),
      boot('cp-3', 'control-plane-3'),
    ]);
    const all = { 'cp-1': 'True', 'cp-2': 'True', 'cp-3': 'True' };
    await untilReadiness('cp-1', { ...all, 'web-1': 'True' });
    await power('cp-1', 'poweroff');
    await eventually(() => kubectl('cp-2', 'create', 'configmap', 'after'));
    await eventually(() => kubectl('cp-3', 'get', 'configmap', 'after'));
    await untilReadiness('cp-3', {
      ...all,
      'cp-1': 'Unknown',
      'web-1': 'True',
    });
    // Controllers and kubelets go on elsewhere.
    await kubectl('cp-2', 'create', 'deployment', 'late', '--image=late:1');
    expect(
      await kubectl('cp-2', 'rollout', 'status', 'deployment/late'),
    ).toContain('successfully rolled out');
  });
});
