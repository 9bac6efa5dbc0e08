import { selfSigned } from './testing/certificates';
import { describeWithHcloud, Hcloud, needingHcloud } from './testing/hcloud';
import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from './testing/sandboxUnderTest';

// Processes and compilers take their time on a busy machine.
jest.setTimeout(120_000);

const keys = [
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKBJneUFoB/hebEQpxCDzlPq3YU1OQIc+SlBUYQgPc69 x',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIx3kQ3c3xkX2jU2s9k2m3mF0bM3mC1m9f9m8mJ7yq1N x',
];

/** How the command deals with one kind of resource. */
interface Kind {
  kind: string;
  /** Arguments of `create` beyond the name; different for each of the two. */
  create?: (index: number) => string[] | Promise<string[]>;
  /** How else to make one. */
  make?: (name: string) => Promise<void>;
  /** Whether this version of the command can label it. */
  labels?: false;
  /** What `enable-protection` wants after the name; undefined where there is none. */
  protection?: string[];
  /** The word for it in the refusal to delete it. */
  word?: string;
}

const suite = describeWithHcloud;
suite(needingHcloud('the unmodified hcloud command, by resource'), () => {
  let sandbox: SandboxUnderTest;
  let command: Hcloud;
  let run: Hcloud['run'];

  beforeAll(async () => {
    sandbox = await startSandboxUnderTest();
    command = await Hcloud.for(sandbox.url);
    run = (...args) => command.run(...args);
    for (const name of ['host-0', 'host-1']) {
      await run(
        ...['server', 'create', '--name', name, '--type', 'cx23'],
        ...['--image', 'debian-13', '--location', 'fsn1'],
        ...['--start-after-create=false', '--without-ipv4'],
      );
    }
  });
  afterAll(async () => {
    await sandbox.close();
    await command.dispose();
  });

  const kinds: Kind[] = [
    {
      kind: 'server',
      create: () => [
        ...['--type', 'cx23', '--image', 'ubuntu-24.04'],
        ...['--location', 'nbg1'],
      ],
      protection: ['delete', 'rebuild'],
      word: 'server',
    },
    {
      kind: 'ssh-key',
      create: index => ['--public-key', keys[index]],
    },
    {
      kind: 'network',
      create: () => ['--ip-range', '10.0.0.0/16'],
      protection: ['delete'],
      word: 'network',
    },
    { kind: 'firewall', create: () => [] },
    { kind: 'placement-group', create: () => ['--type', 'spread'] },
    {
      kind: 'load-balancer',
      create: () => ['--type', 'lb21', '--location', 'hel1'],
      protection: ['delete'],
      word: 'load balancer',
    },
    {
      kind: 'volume',
      create: () => ['--size', '10', '--location', 'fsn1'],
      protection: ['delete'],
      word: 'volume',
    },
    {
      kind: 'certificate',
      create: async index => {
        const pair = await selfSigned(`www${index}.example.com`);
        return [
          ...['--cert-file', await command.file('c.pem', pair.certificate)],
          ...['--key-file', await command.file('k.pem', pair.private_key)],
        ];
      },
    },
    {
      kind: 'floating-ip',
      create: () => ['--type', 'ipv4', '--home-location', 'fsn1'],
      protection: ['delete'],
      word: 'Floating IP',
    },
    {
      // This version cannot make one any more: it names a data center, which
      // is gone, and drops the server that it is given.
      kind: 'primary-ip',
      make: async name => {
        const place = { type: 'ipv4', location: 'fsn1' };
        await sandbox.ok('POST /primary_ips', { name, ...place });
      },
      labels: false,
      protection: [],
      word: 'Primary IP',
    },
  ];

  const make = async (of: Kind, index: number, name: string) => {
    await of.make?.(name);
    if (!of.create) return;
    const more = await of.create(index);
    await run(of.kind, 'create', '--name', name, ...more);
  };

  it.each(kinds)('makes, reads, renames and deletes: $kind', async of => {
    const { kind } = of;
    const others = await command.names(kind);
    await make(of, 0, 'web-1');
    expect(await command.names(kind)).toEqual([...others, 'web-1']);
    expect(await run(kind, 'describe', 'web-1')).toContain('web-1');
    await run(kind, 'update', 'web-1', '--name', 'web-2');
    await expect(run(kind, 'describe', 'web-1')).rejects.toThrow('not found');
    await run(kind, 'delete', 'web-2');
    expect(await command.names(kind)).toEqual(others);
  });

  it.each(kinds.filter(({ labels = true }) => labels))(
    'labels and selects: $kind',
    async of => {
      const { kind } = of;
      const others = await command.names(kind);
      for (const [index, role] of ['web', 'db'].entries()) {
        await make(of, index, role);
        await run(kind, 'add-label', role, `role=${role}`);
      }
      const selected = (selector: string) =>
        command.names(kind, '-l', selector);
      expect(await selected('role=web')).toEqual(['web']);
      expect(await selected('role notin (web)')).toEqual([...others, 'db']);
      await run(kind, 'remove-label', 'db', 'role');
      expect(await selected('role')).toEqual(['web']);
      for (const name of ['web', 'db']) await run(kind, 'delete', name);
    },
  );

  it.each(kinds.filter(({ protection }) => protection))(
    'protects from deletion: $kind',
    async of => {
      const { kind, protection = [], word } = of;
      await make(of, 0, 'kept');
      await run(kind, 'enable-protection', 'kept', ...protection);
      await expect(run(kind, 'delete', 'kept')).rejects.toThrow(
        `${word} is delete protected (protected)`,
      );
      await run(kind, 'disable-protection', 'kept', ...protection);
      await run(kind, 'delete', 'kept');
    },
  );

  it('makes snapshots and backups, and servers from them', async () => {
    const images = (...args: string[]) =>
      command.column('description', 'image', ...args);
    await run(
      ...['server', 'create-image', 'host-0', '--type', 'snapshot'],
      ...['--description', 'before', '--label', 'role=web'],
    );
    expect(await images('-l', 'role=web')).toEqual(['before']);
    const [id] = await command.column('id', 'image', '-l', 'role=web');
    await run('image', 'update', id, '--description', 'after');
    await run('image', 'add-label', id, 'tier=front');
    await run('image', 'remove-label', id, 'role');
    expect(await images('--type', 'snapshot', '-l', 'tier')).toEqual(['after']);
    await run('image', 'enable-protection', id, 'delete');
    await expect(run('image', 'delete', id)).rejects.toThrow(
      'snapshot deletion is protected (protected)',
    );
    await run('image', 'disable-protection', id, 'delete');
    await run('server', 'rebuild', 'host-0', '--image', id);
    expect(await command.described('server', 'host-0')).toMatchObject({
      image: { description: 'after', type: 'snapshot' },
    });

    await run('server', 'enable-backup', 'host-0');
    await run('server', 'create-image', 'host-0', '--type', 'backup');
    expect(await images('--type', 'backup')).toHaveLength(1);
    await run('server', 'disable-backup', 'host-0');
    expect(await images('--type', 'backup')).toEqual([]);
    await run('image', 'delete', id);
    expect(await images('--type', 'snapshot')).toEqual([]);
  });

  it('reaches servers by rescue system, ISO, console and name', async () => {
    const [iso] = await command.names('iso');
    expect(await run('iso', 'describe', iso)).toContain(iso);
    await run('server', 'attach-iso', 'host-1', iso);
    expect(await command.described('server', 'host-1')).toMatchObject({
      iso: { name: iso },
    });
    await run('server', 'detach-iso', 'host-1');
    expect(await run('server', 'enable-rescue', 'host-1')).toContain(
      'password',
    );
    await run('server', 'poweron', 'host-1');
    expect(await run('server', 'reset-password', 'host-1')).toContain(
      'reset to',
    );
    expect(await run('server', 'request-console', 'host-1')).toContain('wss:');
    const { public_net: net } = await command.described('server', 'host-1');
    const ip = net.ipv6.ip.replace('/64', '1');
    await run(
      ...['server', 'set-rdns', 'host-1', '--ip', ip],
      ...['--hostname', 'a.example.com'],
    );
    expect(await command.described('server', 'host-1')).toMatchObject({
      public_net: { ipv6: { dns_ptr: [{ ip, dns_ptr: 'a.example.com' }] } },
    });
    const end = new Date();
    const start = new Date(end.getTime() - 60_000);
    expect(
      await run(
        ...['server', 'metrics', 'host-1', '--type', 'cpu', '-o', 'json'],
        ...['--start', start.toISOString(), '--end', end.toISOString()],
      ),
    ).toContain('"cpu"');
  });

  it('moves primary IPs and names them', async () => {
    const wish = { name: 'own', type: 'ipv4', location: 'fsn1' };
    const { primary_ip: own } = await sandbox.ok('POST /primary_ips', wish);
    await run('server', 'poweroff', 'host-0');
    await run('primary-ip', 'assign', 'own', '--server', 'host-0');
    expect(await command.described('server', 'host-0')).toMatchObject({
      public_net: { ipv4: { id: own.id } },
    });
    await run(
      ...['primary-ip', 'set-rdns', 'own', '--ip', own.ip],
      ...['--hostname', 'own.example.com'],
    );
    expect(await run('primary-ip', 'describe', 'own')).toContain(
      'own.example.com',
    );
    await run('primary-ip', 'unassign', 'own');
    await run('primary-ip', 'delete', 'own');
  });

  it('moves floating IPs and names them', async () => {
    await run(
      ...['floating-ip', 'create', '--type', 'ipv4', '--name', 'entry'],
      ...['--server', 'host-0'],
    );
    const { id, ip } = await command.described('floating-ip', 'entry');
    await run('floating-ip', 'unassign', 'entry');
    await run('floating-ip', 'assign', 'entry', 'host-1');
    expect(await command.described('server', 'host-1')).toMatchObject({
      public_net: { floating_ips: [id] },
    });
    await expect(run('floating-ip', 'delete', 'entry')).rejects.toThrow(
      'must_be_unassigned',
    );
    await run(
      ...['floating-ip', 'set-rdns', 'entry', '--ip', ip],
      ...['--hostname', 'entry.example.com'],
    );
    expect(await run('floating-ip', 'describe', 'entry')).toContain(
      'entry.example.com',
    );
    await run('floating-ip', 'unassign', 'entry');
    await run('floating-ip', 'delete', 'entry');
  });

  it('changes networks, volumes, firewalls and load balancers', async () => {
    await run('network', 'create', '--name', 'n', '--ip-range', '10.0.0.0/16');
    await run(
      ...['network', 'add-subnet', 'n', '--type', 'cloud'],
      ...['--network-zone', 'eu-central', '--ip-range', '10.0.1.0/24'],
    );
    const route = ['--destination', '10.100.1.0/24', '--gateway', '10.0.1.1'];
    await run('network', 'add-route', 'n', ...route);
    await run('network', 'remove-route', 'n', ...route);
    await run('network', 'change-ip-range', 'n', '--ip-range', '10.0.0.0/8');
    await run('server', 'attach-to-network', 'host-1', '--network', 'n');
    await run(
      ...['server', 'change-alias-ips', 'host-1', '--network', 'n'],
      ...['--alias-ips', '10.0.1.9'],
    );
    expect(await command.described('server', 'host-1')).toMatchObject({
      private_net: [{ alias_ips: ['10.0.1.9'] }],
    });

    await run(
      'volume',
      'create',
      '--name',
      'v',
      '--size',
      '10',
      '--server',
      'host-1',
    );
    await run('volume', 'detach', 'v');
    await run('volume', 'attach', 'v', '--server', 'host-1');
    await run('volume', 'resize', 'v', '--size', '20');
    await run('volume', 'detach', 'v');
    await run('volume', 'delete', 'v');

    await run('firewall', 'create', '--name', 'f');
    const ssh = [
      ...['--direction', 'in', '--protocol', 'tcp', '--port', '22'],
      ...['--source-ips', '0.0.0.0/0'],
    ];
    await run('firewall', 'add-rule', 'f', ...ssh);
    const to = ['--type', 'server', '--server', 'host-1'];
    await run('firewall', 'apply-to-resource', 'f', ...to);
    expect(await command.described('server', 'host-1')).toMatchObject({
      public_net: { firewalls: [{ status: 'applied' }] },
    });
    await run('firewall', 'delete-rule', 'f', ...ssh);
    await run('firewall', 'remove-from-resource', 'f', ...to);
    await run('firewall', 'delete', 'f');

    await run(
      ...['load-balancer', 'create', '--name', 'l', '--type', 'lb11'],
      ...['--network-zone', 'eu-central'],
    );
    const balancer = (action: string, ...args: string[]) =>
      run('load-balancer', action, 'l', ...args);
    await balancer('attach-to-network', '--network', 'n');
    await balancer('add-service', '--protocol', 'http');
    await balancer(
      ...(['update-service', '--listen-port', '80'] as const),
      ...['--health-check-retries', '5'],
    );
    const target = ['--server', 'host-1'];
    await balancer('add-target', ...target, '--use-private-ip');
    await balancer('disable-public-interface');
    await balancer('enable-public-interface');
    await balancer('change-algorithm', '--algorithm-type', 'least_connections');
    await balancer('change-type', 'lb31');
    expect(await command.described('load-balancer', 'l')).toMatchObject({
      load_balancer_type: { name: 'lb31' },
      algorithm: { type: 'least_connections' },
      services: [{ health_check: { retries: 5 } }],
      targets: [{ type: 'server', use_private_ip: true }],
    });
    await balancer('remove-target', ...target);
    await balancer('delete-service', '--listen-port', '80');
    await balancer('detach-from-network', '--network', 'n');
    await run('load-balancer', 'delete', 'l');
    await run('server', 'detach-from-network', 'host-1', '--network', 'n');
    await run('network', 'remove-subnet', 'n', '--ip-range', '10.0.1.0/24');
    await run('network', 'delete', 'n');
  });

  it('has certificates issued', async () => {
    await run(
      ...['certificate', 'create', '--name', 'managed', '--type', 'managed'],
      ...['--domain', 'www.example.com'],
    );
    const out = await run('certificate', 'describe', 'managed');
    expect(out).toContain('completed');
    await run('certificate', 'delete', 'managed');
  });

  it('is told nothing but what the description allows', () => {
    expect(sandbox.wrongAnswers()).toEqual([]);
  });
});
