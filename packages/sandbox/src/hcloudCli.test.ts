import { selfSigned } from './testing/certificates';
import { describeWithHcloud, Hcloud, needingHcloud } from './testing/hcloud';
import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from './testing/sandboxUnderTest';

// Processes and compilers take their time on a busy machine.
jest.setTimeout(60_000);

const SSH_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKBJneUFoB/hebEQpxCDzlPq3YU1OQIc+SlBUYQgPc69 x';

describeWithHcloud(needingHcloud('the unmodified hcloud command'), () => {
  let sandbox: SandboxUnderTest;
  let command: Hcloud;

  beforeAll(async () => {
    sandbox = await startSandboxUnderTest();
    command = await Hcloud.for(sandbox.url);
  });
  afterAll(async () => {
    await sandbox.close();
    await command.dispose();
  });

  const hcloud = (...args: string[]) => command.run(...args);
  const column = (kind: string, ...args: string[]) =>
    command.names(kind, ...args);
  const describeJson = (kind: string, which: string) =>
    command.described(kind, which);
  const file = (base: string, content: string) => command.file(base, content);

  it('makes, reads, labels and deletes an environment', async () => {
    await hcloud('ssh-key', 'create', '--name', 'key', '--public-key', SSH_KEY);
    await hcloud(
      'placement-group',
      'create',
      '--name',
      'group',
      '--type',
      'spread',
    );
    await hcloud(
      'network',
      'create',
      '--name',
      'net',
      '--ip-range',
      '10.0.0.0/16',
    );
    await hcloud(
      'network',
      'add-subnet',
      'net',
      '--type',
      'cloud',
      '--network-zone',
      'eu-central',
      '--ip-range',
      '10.0.1.0/24',
    );
    const rules = await file(
      'rules.json',
      JSON.stringify([
        {
          direction: 'in',
          protocol: 'tcp',
          port: '22',
          source_ips: ['203.0.113.7/32'],
        },
      ]),
    );
    await hcloud('firewall', 'create', '--name', 'fw', '--rules-file', rules);
    for (const [server, role] of [
      ['web-1', 'web'],
      ['web-2', 'web'],
      ['db', 'db'],
    ]) {
      await hcloud(
        'server',
        'create',
        '--name',
        server,
        '--type',
        'cx23',
        '--image',
        'ubuntu-24.04',
        '--location',
        'fsn1',
        '--ssh-key',
        'key',
        '--network',
        'net',
        '--firewall',
        'fw',
        '--placement-group',
        'group',
        '--label',
        `role=${role}`,
      );
    }
    const pair = await selfSigned('www.example.com');
    await hcloud(
      'certificate',
      'create',
      '--name',
      'cert',
      '--cert-file',
      await file('cert.pem', pair.certificate),
      '--key-file',
      await file('key.pem', pair.private_key),
    );
    await hcloud(
      'load-balancer',
      'create',
      '--name',
      'lb',
      '--type',
      'lb11',
      '--location',
      'fsn1',
    );
    await hcloud(
      'load-balancer',
      'attach-to-network',
      'lb',
      '--network',
      'net',
    );
    const { id: certificate } = await describeJson('certificate', 'cert');
    await hcloud(
      'load-balancer',
      'add-service',
      'lb',
      '--protocol',
      'https',
      '--http-certificates',
      String(certificate),
      '--http-sticky-sessions',
      '--http-redirect-http',
    );
    await hcloud(
      'load-balancer',
      'add-target',
      'lb',
      '--label-selector',
      'role=web',
      '--use-private-ip',
    );
    await hcloud(
      'volume',
      'create',
      '--name',
      'vol',
      '--size',
      '10',
      '--server',
      'db',
    );

    expect(await column('server')).toEqual(['web-1', 'web-2', 'db']);
    expect(await column('server', '-l', 'role=web')).toEqual([
      'web-1',
      'web-2',
    ]);
    expect(await column('server', '-l', 'role notin (web)')).toEqual(['db']);
    await hcloud('server', 'add-label', 'db', 'tier=back');
    expect(await column('server', '-l', 'tier')).toEqual(['db']);
    await hcloud('server', 'remove-label', 'db', 'tier');
    expect(await column('server', '-l', 'tier')).toEqual([]);

    expect(await describeJson('server', 'web-1')).toMatchObject({
      status: 'running',
      server_type: { name: 'cx23' },
      image: { name: 'ubuntu-24.04' },
      private_net: [{ ip: '10.0.1.1' }],
      labels: { role: 'web' },
    });
    expect(await describeJson('load-balancer', 'lb')).toMatchObject({
      services: [
        {
          protocol: 'https',
          listen_port: 443,
          destination_port: 80,
          http: {
            sticky_sessions: true,
            redirect_http: true,
            certificates: [certificate],
          },
        },
      ],
      targets: [{ targets: [{}, {}] }],
    });
    expect(await describeJson('network', 'net')).toMatchObject({
      servers: [expect.any(Number), expect.any(Number), expect.any(Number)],
      load_balancers: [expect.any(Number)],
    });
    expect(await describeJson('firewall', 'fw')).toMatchObject({
      rules: [{ port: '22' }],
      applied_to: [{}, {}, {}],
    });
    // This version of the command looks for another key when it is to print JSON.
    const group = await hcloud('placement-group', 'describe', 'group');
    expect(group.match(/Server ID:/g)).toHaveLength(3);
    expect(await describeJson('volume', 'vol')).toMatchObject({
      size: 10,
      server: expect.any(Number),
    });
    expect(await describeJson('ssh-key', 'key')).toMatchObject({
      fingerprint: '69:5f:95:45:33:69:90:ae:c3:bc:94:f7:57:6f:b8:89',
    });
    for (const kind of [
      'server',
      'network',
      'load-balancer',
      'firewall',
      'volume',
      'certificate',
    ]) {
      const [first] = await column(kind);
      expect(await hcloud(kind, 'describe', first)).toContain(first);
    }

    await hcloud('server', 'enable-protection', 'db', 'delete', 'rebuild');
    await expect(hcloud('server', 'delete', 'db')).rejects.toThrow(
      'server is delete protected (protected)',
    );
    await hcloud('server', 'disable-protection', 'db', 'delete', 'rebuild');
    await hcloud('server', 'poweroff', 'web-2');
    await hcloud('server', 'change-type', 'web-2', 'cx33', '--keep-disk');
    await hcloud('server', 'poweron', 'web-2');
    expect(await describeJson('server', 'web-2')).toMatchObject({
      status: 'running',
      server_type: { name: 'cx33' },
    });
    await expect(hcloud('firewall', 'delete', 'fw')).rejects.toThrow(
      'is still in use',
    );

    await hcloud('load-balancer', 'delete', 'lb');
    for (const server of ['web-1', 'web-2', 'db'])
      await hcloud('server', 'delete', server);
    for (const [kind, which] of [
      ['volume', 'vol'],
      ['certificate', 'cert'],
      ['firewall', 'fw'],
      ['network', 'net'],
      ['placement-group', 'group'],
      ['ssh-key', 'key'],
    ]) {
      await hcloud(kind, 'delete', which);
      expect(await column(kind)).toEqual([]);
    }
    expect(sandbox.wrongAnswers()).toEqual([]);
  });

  it('reads the catalogue', async () => {
    expect(await column('location')).toEqual([
      'fsn1',
      'nbg1',
      'hel1',
      'ash',
      'hil',
      'sin',
    ]);
    expect(await column('server-type')).toContain('cx43');
    expect(await column('load-balancer-type')).toEqual([
      'lb11',
      'lb21',
      'lb31',
    ]);
    expect(await column('image', '--type', 'system')).toContain('ubuntu-24.04');
    expect(await hcloud('server-type', 'describe', 'cx23')).toContain('5.49');
  });

  it('says what is wrong', async () => {
    await expect(hcloud('server', 'describe', 'nobody')).rejects.toThrow(
      'server not found: nobody',
    );
    await hcloud(
      'network',
      'create',
      '--name',
      'twice',
      '--ip-range',
      '10.0.0.0/16',
    );
    await expect(
      hcloud(
        'network',
        'create',
        '--name',
        'twice',
        '--ip-range',
        '10.0.0.0/16',
      ),
    ).rejects.toThrow('name is already used (uniqueness_error)');
  });
});
