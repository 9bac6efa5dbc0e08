import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { EXAMPLE_CLUSTER, fixture } from '../__testUtils__/exampleCluster';
import { needing } from '../__testUtils__/systemProgram';
import { MAX_USER_DATA_BYTES } from './cloudConfig';
import { rootHash } from './joinToken';
import { userData, userDataHash, type BootingServer } from './userData';

const run = promisify(execFile);

const FIRST: BootingServer = { role: 'control-plane', address: '10.0.1.254' };
const SECOND: BootingServer = { role: 'control-plane', address: '10.0.1.253' };
const THIRD: BootingServer = { role: 'control-plane', address: '10.0.1.252' };
const WORKER: BootingServer = { role: 'worker', pool: 'web' };

const SERVERS: [string, BootingServer][] = [
  ['control-plane-1', FIRST],
  ['control-plane-2', SECOND],
  ['control-plane-3', THIRD],
  ['worker', WORKER],
];

interface WrittenFile {
  path: string;
  permissions: string;
  content: string;
}

const filesOf = (server: BootingServer): WrittenFile[] =>
  parse(userData(EXAMPLE_CLUSTER, server), { version: '1.1' }).write_files;

const contentOf = (server: BootingServer, path: string) =>
  filesOf(server).find(file => file.path === path)?.content;

const configOf = (server: BootingServer): Record<string, unknown> =>
  parse(contentOf(server, '/etc/rancher/k3s/config.yaml')!);

describe('userData', () => {
  it.each([
    ['control-plane-1.user-data', FIRST],
    ['control-plane-2.user-data', SECOND],
    ['worker.user-data', WORKER],
  ])('is %s, byte by byte', (name, server) => {
    const made = userData(EXAMPLE_CLUSTER, server);
    expect(made).toBe(fixture(name, made));
  });

  it.each(SERVERS)('is the same each time: %s', (_, server) => {
    expect(userData(EXAMPLE_CLUSTER, server)).toBe(
      userData(structuredClone(EXAMPLE_CLUSTER), server),
    );
  });

  it.each(SERVERS)(
    'reads the same in both versions of YAML: %s',
    (_, server) => {
      const text = userData(EXAMPLE_CLUSTER, server);
      const read = (source: string, version: '1.1' | '1.2') =>
        parse(source, { version, uniqueKeys: true, strict: true });
      expect(read(text, '1.1')).toEqual(read(text, '1.2'));
      const config = contentOf(server, '/etc/rancher/k3s/config.yaml')!;
      expect(read(config, '1.1')).toEqual(read(config, '1.2'));
    },
  );

  it.each(SERVERS)('fits: %s', (_, server) => {
    expect(
      Buffer.byteLength(userData(EXAMPLE_CLUSTER, server)),
    ).toBeLessThanOrEqual(MAX_USER_DATA_BYTES);
  });

  it('is refused before the provider refuses it', () => {
    const release = {
      ...EXAMPLE_CLUSTER.release,
      releases: 'x'.repeat(32_768),
    };
    expect(() => userData({ ...EXAMPLE_CLUSTER, release }, WORKER)).toThrow(
      /^The user data has \d+ bytes; the provider takes 32768\.$/,
    );
  });

  it('has passwords for anything, also where they look like numbers', () => {
    const password = `${'0'.repeat(62)}e1`;
    const identity = { ...EXAMPLE_CLUSTER.identity, agentPassword: password };
    const files: WrittenFile[] = parse(
      userData({ ...EXAMPLE_CLUSTER, identity }, FIRST),
    ).write_files;
    const [config] = files;
    for (const version of ['1.1', '1.2'] as const) {
      expect(parse(config.content, { version })['agent-token']).toBe(password);
    }
  });
});

describe('what a server is given', () => {
  const { identity } = EXAMPLE_CLUSTER;
  const hash = rootHash(identity.serverCa.chain);

  it.each([
    [FIRST, '/etc/systemd/system/k3s.service'],
    [SECOND, '/etc/systemd/system/k3s.service'],
    [WORKER, '/etc/systemd/system/k3s-agent.service'],
  ])('is the unit that its commands start: %j', (server, unit) => {
    expect(contentOf(server, unit)).toContain(
      'ExecStartPre=/usr/local/sbin/k3s-prepare',
    );
    expect(parse(userData(EXAMPLE_CLUSTER, server)).runcmd).toEqual([
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', '--no-block', unit.split('/').at(-1)],
    ]);
  });

  it('only lets the first control plane begin a cluster', () => {
    expect(configOf(FIRST)).toMatchObject({ 'cluster-init': true });
    expect(configOf(FIRST)).not.toHaveProperty('server');
    for (const server of [SECOND, THIRD]) {
      expect(configOf(server)).toMatchObject({
        server: 'https://10.0.1.254:6443',
      });
      expect(configOf(server)).not.toHaveProperty('cluster-init');
    }
  });

  it('is the same for all control planes but for their addresses and how they come in', () => {
    const common = (server: BootingServer) => {
      const config = configOf(server);
      for (const own of [
        'cluster-init',
        'server',
        'node-ip',
        'advertise-address',
      ]) {
        delete config[own];
      }
      return config;
    };
    expect(common(SECOND)).toEqual(common(FIRST));
    expect(common(THIRD)).toEqual(common(FIRST));
    // K3s documentation, `k3s server`, critical configuration values that we set.
    for (const critical of [
      'agent-token',
      'cluster-cidr',
      'service-cidr',
      'disable-cloud-controller',
      'disable',
      'flannel-backend',
      'secrets-encryption',
      'secrets-encryption-provider',
    ]) {
      expect(common(FIRST)).toHaveProperty([critical]);
    }
  });

  it.each(SERVERS)('tells the kubelet of the cloud: %s', (_, server) => {
    const kubelet = configOf(server)['kubelet-arg'];
    expect(kubelet).toContain('cloud-provider=external');
    expect(kubelet).toContainEqual(expect.stringMatching(/^kube-reserved=/));
    expect(kubelet).toContainEqual(expect.stringMatching(/^system-reserved=/));
  });

  it.each(SERVERS)('keeps pods from the metadata service: %s', (_, server) => {
    const guard = contentOf(
      server,
      '/etc/systemd/system/metadata-guard.service',
    );
    expect(guard).toContain('iif cni0 to 169.254.169.254/32 blackhole');
    const unit = filesOf(server).find(({ path }) =>
      /k3s.*service$/.test(path),
    )!;
    expect(unit.content).toContain('Requires=metadata-guard.service');
  });

  it.each(SERVERS)('restarts nothing by itself: %s', (_, server) => {
    const { package_reboot_if_required: reboots } = parse(
      userData(EXAMPLE_CLUSTER, server),
    );
    expect(reboots).toBe(false);
    expect(contentOf(server, '/etc/apt/apt.conf.d/60-no-reboot')).toBe(
      'Unattended-Upgrade::Automatic-Reboot "false";\n',
    );
  });

  it('keeps snapshots in object storage as soon as the Secret is there', () => {
    expect(configOf(FIRST)).toMatchObject({
      'etcd-s3': true,
      'etcd-s3-config-secret': 'k3s-etcd-s3',
    });
    expect(
      Object.keys(configOf(FIRST)).filter(key => key.startsWith('etcd-s3')),
    ).toEqual(['etcd-s3', 'etcd-s3-config-secret']);
  });

  it.each(SERVERS)('hides its secrets from other users: %s', (_, server) => {
    const secrets = filesOf(server).filter(({ content }) =>
      /PRIVATE KEY|::server:|::node:/.test(content),
    );
    expect(secrets.length).toBeGreaterThan(0);
    for (const { permissions } of secrets) expect(permissions).toBe('0600');
  });

  it('lets a worker join by an address that does not change the user data of its pool', () => {
    expect(configOf(WORKER)).toMatchObject({
      server: 'https://10.0.1.254:6443',
      token: `K10${hash}::node:${identity.agentPassword}`,
      'node-label': ['infra.xpeditis.com/pool=web'],
    });
    expect(configOf(WORKER)).not.toHaveProperty('node-name');
    expect(configOf(WORKER)).not.toHaveProperty('node-ip');
  });
});

describe('what a server is not given', () => {
  const { identity } = EXAMPLE_CLUSTER;
  const keyDigits = (pem: string) => pem.split('\n')[1];

  it('no private key and no password of control planes to a worker', () => {
    const text = userData(EXAMPLE_CLUSTER, WORKER);
    expect(text).not.toContain('PRIVATE KEY');
    expect(text).not.toContain(identity.serverPassword);
    expect(text).not.toContain('::server:');
    expect(text).not.toContain(keyDigits(identity.serverCa.privateKey));
    expect(text).not.toContain(keyDigits(identity.clientCa.privateKey));
  });

  it.each([SECOND, THIRD])('no key of a CA to one that joins: %j', server => {
    const text = userData(EXAMPLE_CLUSTER, server);
    expect(text).not.toContain('PRIVATE KEY');
    expect(text).not.toContain(keyDigits(identity.serverCa.privateKey));
    expect(text).not.toContain(keyDigits(identity.clientCa.privateKey));
    expect(
      filesOf(server).filter(({ path }) => path.includes('/server/tls/')),
    ).toEqual([]);
  });

  it('two CAs to the first control plane, and no other key', () => {
    const keys = filesOf(FIRST).filter(({ content }) =>
      content.includes('PRIVATE KEY'),
    );
    expect(keys.map(({ path }) => path)).toEqual([
      '/var/lib/rancher/k3s/server/tls/server-ca.key',
      '/var/lib/rancher/k3s/server/tls/client-ca.key',
    ]);
    expect(keys.map(({ content }) => content)).toEqual([
      identity.serverCa.privateKey,
      identity.clientCa.privateKey,
    ]);
  });

  it.each(SERVERS)(
    'no secret outside of the cluster to anybody: %s',
    (_, server) => {
      expect(userData(EXAMPLE_CLUSTER, server)).not.toMatch(
        /hcloud|cloudflare|access-key|secret-key|password/i,
      );
    },
  );
});

describe('userDataHash', () => {
  it('is a label’s value that tells user data apart', () => {
    const hashes = SERVERS.map(([, server]) =>
      userDataHash(userData(EXAMPLE_CLUSTER, server)),
    );
    expect(new Set(hashes).size).toBe(SERVERS.length);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{32}$/);
  });
});

/** Where Debian and Ubuntu put it. */
const SCHEMA =
  '/usr/lib/python3/dist-packages/cloudinit/config/schemas/schema-cloud-config-v1.json';

const cloudInit = needing('cloud-init', 'cloud-init');

cloudInit.describe(cloudInit.named('cloud-init'), () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'user-data-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const checked = async (text: string) => {
    const file = join(folder, 'user-data');
    await writeFile(file, text);
    return run('cloud-init', ['schema', '--config-file', file]);
  };

  it.each(SERVERS)('finds nothing wrong: %s', async (_, server) => {
    await expect(
      checked(userData(EXAMPLE_CLUSTER, server)),
    ).resolves.toMatchObject({
      stdout: expect.stringContaining('Valid cloud-config'),
    });
  });

  it('would find something', async () => {
    const text = userData(EXAMPLE_CLUSTER, WORKER);
    await expect(
      checked(text.replace('package_update: false', 'package_update: never')),
    ).rejects.toThrow(/package_update/);
  });
});

const schema = needing('cloud-init', 'test', ['-f', SCHEMA]);

schema.describe(schema.named('the schema of cloud-init'), () => {
  it('knows every key, which the check of older versions does not ask', () => {
    const { $defs: modules } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
    const known = Object.values<{ properties?: object }>(modules).flatMap(
      ({ properties }) => Object.keys(properties ?? {}),
    );
    for (const [, server] of SERVERS) {
      const keys = Object.keys(parse(userData(EXAMPLE_CLUSTER, server)));
      expect(known).toEqual(expect.arrayContaining(keys));
    }
  });
});
