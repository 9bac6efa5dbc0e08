import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EXAMPLE_CLUSTER } from '../__testUtils__/exampleCluster';
import { needing } from '../__testUtils__/systemProgram';
import { ThrowAwayRoot } from '../__testUtils__/ThrowAwayRoot';
import { userData, type BootingServer, type Cluster } from './userData';

const run = promisify(execFile);
// Only tests read this, and they run from the source.
// eslint-disable-next-line no-restricted-syntax
const BOOT = join(__dirname, '..', '..', 'boot');

const BINARY = '#!/bin/sh\n';
const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

/** The example cluster, with checksums of what the recorder of curl delivers. */
const CLUSTER: Cluster = {
  ...EXAMPLE_CLUSTER,
  release: {
    ...EXAMPLE_CLUSTER.release,
    sha256: { amd64: sha256(BINARY), arm64: sha256(`${BINARY}# arm64\n`) },
  },
};
const FIRST: BootingServer = { role: 'control-plane', address: '10.0.1.254' };
const SECOND: BootingServer = { role: 'control-plane', address: '10.0.1.253' };
const WORKER: BootingServer = { role: 'worker', pool: 'web' };

/** What `ip -4 -o addr show` prints for an interface. */
const interfaceLine = (address: string) =>
  `3: enp7s0    inet ${address}/32 brd ${address} scope global dynamic enp7s0\\       valid_lft 86000sec preferred_lft 86000sec`;

/** Delivers the binary of the file that is asked for. */
const DELIVER = `
for last; do :; done
case $last in
  */ping) exit 7 ;;
  */k3s) printf '#!/bin/sh\\n' ;;
  */k3s-arm64) printf '#!/bin/sh\\n# arm64\\n' ;;
esac >"$(echo "$*" | sed 's/.*--output \\([^ ]*\\).*/\\1/')"`;

const inRoot = needing('util-linux, and user namespaces', 'unshare', [
  '--map-root-user',
  '--mount',
  '--net',
  'true',
]);

inRoot.describe(inRoot.named('a server that boots'), () => {
  let root: ThrowAwayRoot;

  beforeEach(async () => {
    root = await ThrowAwayRoot.make();
    for (const program of ['systemctl', 'sysctl', 'networkctl', 'sleep']) {
      await root.replace(program);
    }
    await root.replace('curl', DELIVER);
    await root.replace('ip', `echo '${interfaceLine('10.0.1.254')}'`);
  });
  afterEach(() => root.dispose());

  const prepare = async () =>
    root.run(
      ['/usr/local/sbin/k3s-prepare'],
      await root.environmentFile('/etc/rancher/k3s/prepare.env'),
    );

  it('starts its unit without waiting for it', async () => {
    await root.boot(userData(CLUSTER, FIRST));
    expect(await root.recorded()).toEqual([
      'systemctl daemon-reload',
      'systemctl enable --now --no-block k3s.service',
    ]);
  });

  it('gets the pinned binary and the settings of its interface', async () => {
    await root.boot(userData(CLUSTER, FIRST));
    expect(await prepare()).toMatchObject({ code: 0 });
    expect(await root.read('/usr/local/bin/k3s')).toBe(BINARY);
    const { mode } = await stat(root.path('/usr/local/bin/k3s'));
    // eslint-disable-next-line no-bitwise
    expect(mode & 0o777).toBe(0o755);
    expect(
      await root.readYaml('/etc/rancher/k3s/config.yaml.d/10-interface.yaml'),
    ).toEqual({ 'flannel-iface': 'enp7s0', 'node-ip': '10.0.1.254' });
    const recorded = await root.recorded();
    expect(recorded).toContain(
      'sysctl --quiet --load /etc/sysctl.d/90-kubelet.conf',
    );
    expect(recorded).toContain(
      'ip -4 -o addr show to 10.0.1.254/32 scope global',
    );
    expect(recorded).toContainEqual(
      expect.stringMatching(
        /^curl .*--fail .*--proto =https .*https:\/\/github\.com\/k3s-io\/k3s\/releases\/download\/v1\.36\.3%2Bk3s1\/k3s$/,
      ),
    );
  });

  it('gets the binary of its architecture', async () => {
    await root.replace('uname', 'echo aarch64');
    await root.boot(userData(CLUSTER, WORKER));
    expect(await prepare()).toMatchObject({ code: 0 });
    expect(await root.read('/usr/local/bin/k3s')).toContain('arm64');
  });

  it('refuses an architecture that nothing is pinned for', async () => {
    await root.replace('uname', 'echo riscv64');
    await root.boot(userData(CLUSTER, WORKER));
    expect(await prepare()).toEqual({
      code: 1,
      output: expect.stringContaining('k3s is not pinned for riscv64'),
    });
  });

  it('installs no other binary than the pinned one', async () => {
    await root.boot(userData(EXAMPLE_CLUSTER, WORKER));
    expect(await prepare()).toEqual({
      code: 1,
      output: expect.stringContaining(
        `is not the pinned binary: its SHA-256 is not ${EXAMPLE_CLUSTER.release.sha256.amd64}`,
      ),
    });
    expect(await root.read('/usr/local/bin/k3s')).toBeUndefined();
    expect(await root.read('/usr/local/bin/k3s.part')).toBeUndefined();
  });

  it('fails when the binary cannot be had, and gets it at the next start', async () => {
    await root.boot(userData(CLUSTER, WORKER));
    await root.replace('curl', 'exit 22');
    expect(await prepare()).toMatchObject({ code: 22 });
    await root.replace('curl', DELIVER);
    expect(await prepare()).toMatchObject({ code: 0 });
    expect(await root.read('/usr/local/bin/k3s')).toBe(BINARY);
  });

  it('leaves a binary alone that an upgrade put there', async () => {
    await root.boot(userData(CLUSTER, WORKER));
    await root.write('/usr/local/bin/k3s', 'a newer one', 0o755);
    expect(await prepare()).toMatchObject({ code: 0 });
    expect(await root.read('/usr/local/bin/k3s')).toBe('a newer one');
  });

  it('finds the address that the provider chose for a worker', async () => {
    await root.replace('ip', `echo '${interfaceLine('10.0.1.7')}'`);
    await root.boot(userData(CLUSTER, WORKER));
    await prepare();
    expect(
      await root.readYaml('/etc/rancher/k3s/config.yaml.d/10-interface.yaml'),
    ).toEqual({ 'flannel-iface': 'enp7s0', 'node-ip': '10.0.1.7' });
    expect(await root.recorded()).toContain(
      'ip -4 -o addr show to 10.0.1.0/24 scope global',
    );
  });

  /** Lets the interface have its address after so many looks. */
  const addressAfter = (looks: number) =>
    root.replace(
      'ip',
      `[ "$(grep -c '^ip ' /record)" -gt ${looks} ] && echo '${interfaceLine(
        '10.0.1.254',
      )}'; exit 0`,
    );
  const sleeps = async () =>
    (await root.recorded()).filter(call => call === 'sleep 1').length;

  it('waits for its address', async () => {
    await addressAfter(5);
    await root.boot(userData(CLUSTER, FIRST));
    expect(await prepare()).toMatchObject({ code: 0 });
    expect(await sleeps()).toBe(5);
    expect(await root.recorded()).not.toContain('networkctl reload');
  });

  it('asks for an address on private interfaces that the image left without', async () => {
    await root.write('sys/class/net/eth0/address', '96:00:00:12:34:56\n');
    await root.write('sys/class/net/enp7s0/address', '86:00:00:12:34:56\n');
    await addressAfter(40);
    await root.boot(userData(CLUSTER, FIRST));
    expect(await prepare()).toMatchObject({ code: 0 });
    expect(await root.recorded()).toContain('networkctl reload');
    expect(await root.read('etc/systemd/network/05-enp7s0.network')).toBe(
      '[Match]\nMACAddress=86:00:00:12:34:56\n\n[Network]\nDHCP=ipv4\n',
    );
    expect(
      await root.read('etc/systemd/network/05-eth0.network'),
    ).toBeUndefined();
  });

  it('waits no longer than five minutes, and says what is missing', async () => {
    await root.replace('ip');
    await root.write('sys/class/net/lo/address', '00:00:00:00:00:00\n');
    await root.boot(userData(CLUSTER, FIRST));
    expect(await prepare()).toEqual({
      code: 1,
      output: expect.stringContaining(
        'no interface has an address in 10.0.1.254/32 after 300 s',
      ),
    });
    expect(await sleeps()).toBe(300);
  });

  describe('beside other control planes', () => {
    /** Lets this control plane answer, to whoever trusts the cluster’s CA. */
    const answering = (address: string) =>
      root.replace(
        'curl',
        `case "$*" in *"--cacert /etc/rancher/k3s/cluster-ca.crt"*"https://${address}:6443/ping") exit 0 ;; esac\n${DELIVER}`,
      );
    const joined = () =>
      root.readYaml('/etc/rancher/k3s/config.yaml.d/20-join.yaml');
    const toJoin = (address: string) => ({ server: `https://${address}:6443` });

    it.each([
      ['the first control plane begins a cluster', FIRST],
      ['a worker goes to the first control plane', WORKER],
    ])('%s when none answers', async (_, server) => {
      await root.boot(userData(CLUSTER, server));
      await prepare();
      expect(await joined()).toBeUndefined();
    });

    it('a first control plane that was made anew joins the one that stands', async () => {
      await answering('10.0.1.252');
      await root.boot(userData(CLUSTER, FIRST));
      await prepare();
      expect(await joined()).toEqual({
        'cluster-init': false,
        ...toJoin('10.0.1.252'),
      });
    });

    it('a first control plane that is a member stays one', async () => {
      await answering('10.0.1.253');
      await root.boot(userData(CLUSTER, FIRST));
      await root.write('/var/lib/rancher/k3s/server/db/etcd/name', 'it');
      await prepare();
      expect(await joined()).toBeUndefined();
    });

    it('no control plane joins itself', async () => {
      await root.replace('ip', `echo '${interfaceLine('10.0.1.253')}'`);
      await answering('10.0.1.253');
      await root.boot(userData(CLUSTER, SECOND));
      await prepare();
      expect(await joined()).toBeUndefined();
    });

    it.each(['10.0.1.254', '10.0.1.252'])(
      'a worker goes to the one that answers: %s',
      async address => {
        await root.replace('ip', `echo '${interfaceLine('10.0.1.7')}'`);
        await answering(address);
        await root.boot(userData(CLUSTER, WORKER));
        await prepare();
        expect(await joined()).toEqual(toJoin(address));
      },
    );
  });
});

const shellcheck = needing('shellcheck', 'shellcheck');

shellcheck.describe(shellcheck.named('the boot script'), () => {
  it('has nothing that shellcheck objects to', async () => {
    await expect(
      run('shellcheck', [join(BOOT, 'k3s-prepare.sh')]),
    ).resolves.toMatchObject({ stdout: '' });
  });
});

const systemd = needing('systemd', 'systemd-analyze');

systemd.describe(systemd.named('the units'), () => {
  it.each([
    ['k3s.service', FIRST],
    ['k3s-agent.service', WORKER],
  ])('are as systemd reads them: %s', async (unit, server) => {
    const root = await ThrowAwayRoot.make();
    for (const target of ['network-online', 'multi-user', 'sysinit']) {
      await root.write(`usr/lib/systemd/system/${target}.target`, '[Unit]\n');
    }
    for (const program of [
      'local/bin/k3s',
      'sbin/modprobe',
      'sbin/ip',
      'bin/install',
    ]) {
      await root.write(`usr/${program}`, '', 0o755);
    }
    await root.writeFilesOf(userData(CLUSTER, server));
    const verified = run('systemd-analyze', [
      'verify',
      `--root=${root.folder}`,
      unit,
      'metadata-guard.service',
    ]);
    await expect(verified).resolves.toEqual({ stdout: '', stderr: '' });
    await root.dispose();
  });
});
