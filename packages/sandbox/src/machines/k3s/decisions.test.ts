import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { X509Certificate } from 'node:crypto';
import { Disk } from '../disk';
import type { NodeObject } from '../kubernetes';
import type { CloudServer, Surroundings } from '../Surroundings';
import { issue, selfSignedAuthority } from './certificates';
import { cloudChange } from './cloudController';
import { argumentValue, readK3sConfig } from './config';
import { givenArguments } from './givenArguments';
import { nodeObject, UNINITIALIZED } from './node';
import { caHashOf, parseToken } from './token';
import { readK3sUnit } from './unitFile';

describe('the configuration of k3s', () => {
  let folder: string;
  let disk: Disk;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sandbox-k3s-'));
    disk = new Disk(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('comes from the environment, files in their order, and flags', () => {
    disk.write('/etc/rancher/k3s/config.yaml', 'token: a\ntls-san: [one]\n');
    disk.write(
      '/etc/rancher/k3s/config.yaml.d/20-b.yaml',
      'token: c\ntls-san+: two\n',
    );
    disk.write('/etc/rancher/k3s/config.yaml.d/10-a.yaml', 'token: b\n');
    disk.write('/etc/rancher/k3s/config.yaml.d/notes.txt', 'token: d\n');
    const environment = { K3S_URL: 'https://e', K3S_TOKEN: 'e' };
    expect(readK3sConfig(disk, { environment })).toMatchObject({
      server: 'https://e',
      token: 'c',
      'tls-san': ['one', 'two'],
      'service-cidr': '10.43.0.0/16',
    });
    const args = ['--token=f', '--node-label', 'x=y,z=', '--cluster-init'];
    expect(readK3sConfig(disk, { environment, args })).toMatchObject({
      token: 'f',
      'node-label': ['x=y', 'z='],
      'cluster-init': true,
    });
  });

  it('reads a token from its file', () => {
    disk.write('/etc/rancher/k3s/config.yaml', 'token-file: /run/token\n');
    expect(() => readK3sConfig(disk)).toThrow('There is no file /run/token');
    disk.write('/run/token', 'secret\n');
    expect(readK3sConfig(disk).token).toBe('secret');
  });

  it.each(['a: [', 'tls-san: {a: 1}', '- a'])('refuses %j', text => {
    disk.write('/etc/rancher/k3s/config.yaml', text);
    expect(() => readK3sConfig(disk)).toThrow(
      '/etc/rancher/k3s/config.yaml cannot be read',
    );
  });

  it('never leads out of the disk', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('..', '.', 'a', '', '/'), { maxLength: 9 }),
        parts => {
          const at = disk.at(parts.join('/'));
          expect(at === folder || at.startsWith(`${folder}/`)).toBe(true);
        },
      ),
    );
  });
});

describe('a unit', () => {
  it.each([
    [
      'ExecStart=/usr/local/bin/k3s server --flag "a b"',
      'server',
      ['--flag', 'a b'],
    ],
    ['ExecStart=-/usr/local/bin/k3s \\\n  agent', 'agent', []],
  ])('starts k3s by %j', (line, role, args) => {
    expect(readK3sUnit(`[Service]\n${line}\n`, () => undefined)).toEqual({
      role,
      args,
      environment: {},
    });
  });

  it('has variables of its own and of files', () => {
    const unit = readK3sUnit(
      'Environment="A=1" B=2\nEnvironmentFile=-/e\nExecStart=/k3s agent',
      file => (file === '/e' ? '# no\nB="3 4"\nC=5\n' : undefined),
    );
    expect(unit?.environment).toEqual({ A: '1', B: '3 4', C: '5' });
  });

  it.each(['ExecStart=/bin/true', 'ExecStart=/k3s kubectl get', ''])(
    'does not start k3s by %j',
    text => {
      expect(readK3sUnit(text, () => undefined)).toBeUndefined();
    },
  );
});

describe('a token', () => {
  it('is read with and without the hash', () => {
    const hash = 'a'.repeat(64);
    expect(parseToken(`K10${hash}::node:x:y`, 'server')).toEqual({
      caHash: hash,
      user: 'node',
      password: 'x:y',
    });
    expect(parseToken('plain', 'server')).toEqual({
      user: 'server',
      password: 'plain',
    });
  });

  it('knows a CA by its root, or by its text where there is only one', async () => {
    const root = await selfSignedAuthority('root');
    const fingerprint = new X509Certificate(root.certificates).fingerprint256
      .replace(/:/g, '')
      .toLowerCase();
    expect(caHashOf(root.certificates)).not.toBe(fingerprint);
    // A certificate that the root signed stands first in the bundle.
    const { certificate } = await issue(root, {
      commonName: 'signing',
      usages: ['serverAuth'],
    });
    expect(caHashOf(certificate)).toBe(fingerprint);
    const other = await selfSignedAuthority('other');
    expect(caHashOf(certificate + other.certificates)).toBe(fingerprint);
    expect(caHashOf(other.certificates + root.certificates)).not.toBe(
      fingerprint,
    );
  });
});

describe('arguments of user data', () => {
  const disk = { at: (file: string) => `/disk${file}` };

  it('reach a program when they are harmless, with paths of the disk', () => {
    expect(
      givenArguments(
        'kube-apiserver',
        [
          'audit-policy-file=/etc/a.yaml',
          '--audit-log-maxage=7',
          'authentication-token-webhook-config-file=/etc/kubeconfig',
          'etcd-servers=https://elsewhere',
        ],
        disk,
      ),
    ).toEqual({
      accepted: [
        '--audit-policy-file=/disk/etc/a.yaml',
        '--audit-log-maxage=7',
      ],
      refused: ['authentication-token-webhook-config-file', 'etcd-servers'],
    });
  });

  it('have the value of the last one', () => {
    expect(argumentValue(['a=1', '--a=2', 'b'], 'a')).toBe('2');
    expect(argumentValue(['a=1', 'b'], 'b')).toBe('true');
    expect(argumentValue(['a=1'], 'c')).toBeUndefined();
  });
});

const surroundings = {
  hostName: 'Web-1',
  serverId: 7,
  address: '127.80.0.7',
  type: {
    name: 'cx33',
    cores: 4,
    memory: 8,
    disk: 80,
    architecture: 'x86',
  },
  location: 'fsn1',
  image: 'Ubuntu 24.04',
  privateAddresses: () => ['10.0.1.7'],
  publicAddress: () => '127.80.0.7',
  route: () => undefined,
  servers: () => undefined,
} satisfies Surroundings;

const configOf = (values: Record<string, unknown>) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-k3s-'));
  const disk = new Disk(folder);
  disk.write('/etc/rancher/k3s/config.yaml', JSON.stringify(values));
  const config = readK3sConfig(disk);
  rmSync(folder, { recursive: true });
  return config;
};

describe('a node', () => {
  it('offers what its type has, less what is reserved', () => {
    const node = nodeObject(
      configOf({
        'kubelet-arg': [
          'cloud-provider=external',
          'kube-reserved=cpu=250m,memory=1Gi,ephemeral-storage=1Gi',
          'system-reserved=cpu=100m,memory=256Mi',
          'eviction-hard=memory.available<100Mi',
        ],
        'node-label': ['pool=web'],
        'node-taint': ['dedicated=data:NoSchedule', 'alone:NoExecute'],
      }),
      surroundings,
      'v1.36.3+k3s1',
    );
    expect(node.metadata.name).toBe('web-1');
    expect(node.metadata.labels).toMatchObject({ pool: 'web' });
    expect(node.spec.taints).toEqual([
      { key: UNINITIALIZED, value: 'true', effect: 'NoSchedule' },
      { key: 'dedicated', value: 'data', effect: 'NoSchedule' },
      { key: 'alone', effect: 'NoExecute' },
    ]);
    expect(node.status.capacity).toMatchObject({
      cpu: '4',
      memory: `${8 * 1024 ** 2}Ki`,
    });
    expect(node.status.allocatable).toMatchObject({
      cpu: '3650m',
      memory: `${8 * 1024 ** 2 - 1024 ** 2 - 356 * 1024}Ki`,
    });
  });

  it('is initialised at once without an external cloud controller', () => {
    const node = nodeObject(configOf({}), surroundings, 'v1');
    expect(node.spec.taints).toEqual([]);
  });
});

describe('the cloud controller', () => {
  const server: CloudServer = {
    id: 7,
    name: 'web-1',
    isRunning: true,
    type: 'cx33',
    location: 'fsn1',
    publicAddress: '127.80.0.7',
    privateAddresses: ['10.0.2.7', '10.0.1.7'],
  };
  const taint = { key: UNINITIALIZED, value: 'true', effect: 'NoSchedule' };
  const own = { key: 'own', effect: 'NoSchedule' };
  const node = (
    ready: string,
    spec: NodeObject['spec'] = { providerID: 'hcloud://7' },
  ): NodeObject => ({
    metadata: {
      name: 'web-1',
      annotations: { 'alpha.kubernetes.io/provided-node-ip': '10.0.1.7' },
    },
    spec,
    status: { conditions: [{ type: 'Ready', status: ready }] },
  });

  it('initialises a node by its name', () => {
    const change = cloudChange(node('True', { taints: [taint, own] }), [
      server,
    ]);
    expect(change).toMatchObject({
      do: 'patch',
      node: { spec: { providerID: 'hcloud://7', taints: [own] } },
      status: {
        status: {
          addresses: [
            { type: 'Hostname', address: 'web-1' },
            { type: 'InternalIP', address: '10.0.1.7' },
            { type: 'ExternalIP', address: '127.80.0.7' },
          ],
        },
      },
    });
  });

  it.each<[string, NodeObject, CloudServer[], unknown]>([
    ['leaves a good node alone', node('True'), [server], undefined],
    [
      'waits for the server of a new node',
      node('Unknown', { taints: [taint] }),
      [],
      undefined,
    ],
    [
      'deletes a node whose server is gone',
      node('Unknown'),
      [{ ...server, id: 8 }],
      { do: 'delete' },
    ],
    [
      'keeps a node that answers, whatever the cloud says',
      node('True'),
      [],
      undefined,
    ],
    [
      'marks a node whose server is off',
      node('Unknown'),
      [{ ...server, isRunning: false }],
      {
        do: 'patch',
        node: {
          spec: {
            taints: [
              {
                key: 'node.cloudprovider.kubernetes.io/shutdown',
                effect: 'NoSchedule',
              },
            ],
          },
        },
      },
    ],
  ])('%s', (_what, object, servers, expected) => {
    expect(cloudChange(object, servers)).toEqual(expected);
  });
});
