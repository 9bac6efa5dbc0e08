import { descriptionFile, needingDescription } from '../testing/description';
import { selfSigned } from '../testing/certificates';
import { walkCatalogue } from '../testing/everyOperation/catalogue';
import { walkFloatingIps } from '../testing/everyOperation/floatingIps';
import { walkImages } from '../testing/everyOperation/images';
import { walkManagedCertificates } from '../testing/everyOperation/managedCertificates';
import { walkPrimaryIps } from '../testing/everyOperation/primaryIps';
import { readAll as readAllOf } from '../testing/everyOperation/readAll';
import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from '../testing/sandboxUnderTest';
import { operationNames } from './operationNames';
import { operations } from './operations';

// Processes and compilers take their time on a busy machine.
jest.setTimeout(60_000);

const SSH_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIx3kQ3c3xkX2jU2s9k2m3mF0bM3mC1m9f9m8mJ7yq1N test';

const suite = descriptionFile ? describe : describe.skip;

suite(needingDescription('every operation of the sandbox'), () => {
  let sandbox: SandboxUnderTest;

  beforeAll(async () => {
    sandbox = await startSandboxUnderTest();
  });
  afterAll(() => sandbox.close());

  it('answers as the official description says', async () => {
    const { ok, done, settled } = sandbox;

    const readAll = (plural: string, id: number, action?: number) =>
      readAllOf(sandbox, plural, id, action);

    await walkCatalogue(sandbox);

    const labels = { role: 'web', 'example.com/empty': '' };
    const { ssh_key: key } = await ok('POST /ssh_keys', {
      name: 'key',
      public_key: SSH_KEY,
      labels,
    });
    await ok(`PUT /ssh_keys/${key.id}`, { name: 'key2', labels: {} });
    await readAll('ssh_keys', key.id);

    const { placement_group: group } = await ok('POST /placement_groups', {
      name: 'group',
      type: 'spread',
      labels,
    });
    await ok(`PUT /placement_groups/${group.id}`, { name: 'group2' });
    await readAll('placement_groups', group.id);

    const { network } = await ok('POST /networks', {
      name: 'network',
      ip_range: '10.0.0.0/16',
      labels,
      subnets: [
        { type: 'cloud', ip_range: '10.0.1.0/24', network_zone: 'eu-central' },
      ],
      routes: [{ destination: '10.100.0.0/16', gateway: '10.0.1.9' }],
      expose_routes_to_vswitch: false,
    });
    await ok(`PUT /networks/${network.id}`, { name: 'network2', labels });
    const onNetwork = (action: string, body: object) =>
      done(`POST /networks/${network.id}/actions/${action}`, body);
    await onNetwork('add_subnet', {
      type: 'cloud',
      network_zone: 'eu-central',
    });
    await onNetwork('delete_subnet', { ip_range: '10.0.0.0/24' });
    const route = { destination: '192.168.0.0/24', gateway: '10.0.1.8' };
    await onNetwork('add_route', route);
    await onNetwork('delete_route', route);
    await onNetwork('change_ip_range', { ip_range: '10.0.0.0/15' });
    const { action: onNet } = await onNetwork('change_protection', {
      delete: false,
    });
    await readAll('networks', network.id, onNet.id);

    const { firewall } = await done('POST /firewalls', {
      name: 'firewall',
      labels,
      rules: [
        {
          direction: 'in',
          protocol: 'tcp',
          port: '22',
          source_ips: ['203.0.113.7/32', '2001:db8::/32'],
          description: 'administration',
        },
        { direction: 'out', protocol: 'icmp', destination_ips: ['0.0.0.0/0'] },
      ],
      apply_to: [
        { type: 'label_selector', label_selector: { selector: 'role=web' } },
      ],
    });
    await ok(`PUT /firewalls/${firewall.id}`, { name: 'firewall2' });

    const created = await done('POST /servers', {
      name: 'server',
      server_type: 'cx23',
      image: 'ubuntu-24.04',
      location: 'fsn1',
      ssh_keys: [String(key.id)],
      labels,
      networks: [network.id],
      firewalls: [{ firewall: firewall.id }],
      placement_group: group.id,
      user_data: '#cloud-config\n',
      start_after_create: true,
      public_net: { enable_ipv4: true, enable_ipv6: true },
    });
    const { server } = created;
    await ok(`PUT /servers/${server.id}`, { name: 'server2', labels });
    const onServer = (action: string, body?: object) =>
      done(`POST /servers/${server.id}/actions/${action}`, body);

    const rules = [
      {
        direction: 'in',
        protocol: 'udp',
        port: '51820',
        source_ips: ['0.0.0.0/0'],
      },
    ];
    await done(`POST /firewalls/${firewall.id}/actions/set_rules`, { rules });
    const direct = { type: 'server', server: { id: server.id } };
    const remove = `POST /firewalls/${firewall.id}/actions/remove_from_resources`;
    await done(remove, { remove_from: [direct] });
    const applied = await done(
      `POST /firewalls/${firewall.id}/actions/apply_to_resources`,
      { apply_to: [direct] },
    );
    await readAll('firewalls', firewall.id, applied.actions[0].id);

    const { volume, ...rest } = await ok('POST /volumes', {
      name: 'volume',
      size: 10,
      server: server.id,
      format: 'ext4',
      labels,
    });
    await settled(rest);
    await ok(`PUT /volumes/${volume.id}`, { name: 'volume2' });
    const onVolume = (action: string, body?: object) =>
      done(`POST /volumes/${volume.id}/actions/${action}`, body);
    await onVolume('detach');
    await onVolume('attach', { server: server.id, automount: false });
    await onVolume('resize', { size: 20 });
    const { action: onVol } = await onVolume('change_protection', {
      delete: false,
    });
    await readAll('volumes', volume.id, onVol.id);

    const { certificate } = await ok('POST /certificates', {
      name: 'certificate',
      type: 'uploaded',
      labels,
      ...(await selfSigned('www.example.com')),
    });
    await ok(`PUT /certificates/${certificate.id}`, {
      name: 'certificate2',
      labels,
    });
    await readAll('certificates', certificate.id);
    expect(
      await sandbox.refusal(
        `POST /certificates/${certificate.id}/actions/retry`,
      ),
    ).toBe('422 unsupported_error');

    const healthCheck = {
      protocol: 'tcp',
      port: 80,
      interval: 15,
      timeout: 10,
      retries: 3,
    };
    const { load_balancer: lb } = await done('POST /load_balancers', {
      name: 'lb',
      load_balancer_type: 'lb11',
      location: 'fsn1',
      network: network.id,
      labels,
      algorithm: { type: 'round_robin' },
      public_interface: true,
      services: [
        {
          protocol: 'https',
          listen_port: 443,
          destination_port: 80,
          proxyprotocol: false,
          health_check: {
            ...healthCheck,
            protocol: 'http',
            http: {
              domain: null,
              path: '/ping',
              status_codes: ['2??'],
              tls: false,
            },
          },
          http: {
            cookie_name: 'LB',
            cookie_lifetime: 300,
            timeout_idle: 50,
            certificates: [certificate.id],
            redirect_http: true,
            sticky_sessions: true,
          },
        },
      ],
      targets: [
        {
          type: 'label_selector',
          label_selector: { selector: 'role=web' },
          use_private_ip: true,
        },
      ],
    });
    await ok(`PUT /load_balancers/${lb.id}`, { name: 'lb2', labels });
    const onLb = (action: string, body?: object) =>
      done(`POST /load_balancers/${lb.id}/actions/${action}`, body);
    await onLb('add_service', {
      protocol: 'tcp',
      listen_port: 5432,
      destination_port: 5432,
      proxyprotocol: true,
      health_check: { ...healthCheck, port: 5432 },
    });
    await onLb('update_service', { listen_port: 5432, destination_port: 5433 });
    await ok(`GET /load_balancers/${lb.id}`);
    await onLb('delete_service', { listen_port: 5432 });
    await onLb('disable_public_interface');
    await onLb('enable_public_interface');
    const target = { type: 'server', server: { id: server.id } };
    await onLb('add_target', { ...target, use_private_ip: true });
    const foreign = { type: 'ip', ip: { ip: '198.51.100.7' } };
    await onLb('add_target', foreign);
    await readAll('load_balancers', lb.id);
    await onLb('remove_target', target);
    await onLb('remove_target', foreign);
    await onLb('change_algorithm', { type: 'least_connections' });
    await onLb('change_type', { load_balancer_type: 'lb11' });
    await onLb('change_dns_ptr', {
      ip: lb.public_net.ipv4.ip,
      dns_ptr: 'lb.example.com',
    });
    await ok(
      `GET /load_balancers/${lb.id}/metrics?type=bandwidth&step=60&start=2026-11-01T00:00:00Z&end=2026-11-01T01:00:00Z`,
    );
    await onLb('detach_from_network', { network: network.id });
    await onLb('attach_to_network', { network: network.id, ip: '10.0.1.200' });
    const { action: onBalancer } = await onLb('change_protection', {
      delete: false,
    });
    await readAll('load_balancers', lb.id, onBalancer.id);
    await ok(`GET /networks/${network.id}/members?type=server&sort=ip:desc`);

    await onServer('poweroff');
    await onServer('change_type', { server_type: 'cx33', upgrade_disk: false });
    await onServer('remove_from_placement_group');
    await onServer('add_to_placement_group', { placement_group: group.id });
    await onServer('change_alias_ips', {
      network: network.id,
      alias_ips: ['10.0.1.77'],
    });
    await onServer('detach_from_network', { network: network.id });
    await onServer('attach_to_network', {
      network: network.id,
      ip: '10.0.1.254',
      alias_ips: ['10.0.1.78'],
    });
    await onServer('poweron');
    await onServer('reboot');
    await onServer('reset');
    await onServer('shutdown');
    await onServer('rebuild', {
      image: 'debian-13',
      user_data: '#cloud-config\n',
    });
    await onServer('attach_iso', { iso: 'netboot.xyz.iso' });
    await ok(`GET /servers/${server.id}`);
    await onServer('detach_iso');
    await onServer('enable_rescue', { type: 'linux64', ssh_keys: [key.id] });
    await onServer('disable_rescue');
    await onServer('poweron');
    await onServer('reset_password');
    await onServer('request_console');
    await onServer('change_dns_ptr', {
      ip: server.public_net.ipv4.ip,
      dns_ptr: null,
    });
    const period = `start=${new Date(
      Date.now() - 3_600_000,
    ).toISOString()}&end=${new Date().toISOString()}`;
    await ok(`GET /servers/${server.id}/metrics?type=cpu&type=disk&${period}`);
    const { action: onSrv } = await onServer('change_protection', {
      delete: false,
      rebuild: false,
    });
    await readAll('servers', server.id, onSrv.id);
    await ok(`GET /actions?id=${onSrv.id}&id=${onBalancer.id}`);

    await done(`DELETE /load_balancers/${lb.id}`);
    await done(`DELETE /servers/${server.id}`);
    await done(remove, {
      remove_from: [
        { type: 'label_selector', label_selector: { selector: 'role=web' } },
      ],
    });
    for (const path of [
      `volumes/${volume.id}`,
      `firewalls/${firewall.id}`,
      `networks/${network.id}`,
      `certificates/${certificate.id}`,
      `placement_groups/${group.id}`,
      `ssh_keys/${key.id}`,
    ]) {
      await ok(`DELETE /${path}`);
    }

    await walkPrimaryIps(sandbox);
    await walkImages(sandbox);
    await walkFloatingIps(sandbox);
    await walkManagedCertificates(sandbox);

    // Requests too: nothing above sends what the description does not allow.
    expect(sandbox.judge?.violations).toEqual([]);

    const { body } = await sandbox.control('GET /record');
    const used = new Set(
      body.requests.map(({ operation }: { operation: string }) => operation),
    );
    const unused = operations
      .map(({ name }) => name)
      .filter(name => !used.has(name));
    expect(unused).toEqual([]);
  });

  it('is refused by name when the sandbox does not implement it', async () => {
    const implemented = new Set<string>(operations.map(({ route }) => route));
    const others = Object.entries(operationNames).filter(
      ([route]) => !implemented.has(route),
    );
    expect(others.length).toBeGreaterThan(20);
    for (const [route, name] of others) {
      const { status, body } = await sandbox.api(
        route.replace(/\{\w+\}/g, '1'),
      );
      expect([route, status, body.error.message]).toEqual([
        route,
        501,
        `the sandbox does not implement the operation ${name}`,
      ]);
    }
    expect(sandbox.wrongAnswers()).toEqual([]);
  });
});
