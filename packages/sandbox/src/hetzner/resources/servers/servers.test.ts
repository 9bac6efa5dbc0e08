import { CloudUnderTest } from '../../../testing/cloudUnderTest';

const SSH_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKBJneUFoB/hebEQpxCDzlPq3YU1OQIc+SlBUYQgPc69 x';

describe('servers', () => {
  let test: CloudUnderTest;

  beforeEach(() => {
    test = new CloudUnderTest();
    test.change({ speed: 1000 });
  });
  afterEach(() => test.dispose());

  const wish = (more: object = {}) => ({
    name: 'a',
    server_type: 'cx23',
    image: 'ubuntu-24.04',
    location: 'fsn1',
    ...more,
  });
  const create = (more: object = {}) => {
    const answer = test.call('POST /servers', {}, wish(more));
    test.pass(1);
    return answer;
  };
  const get = (id: number) => test.call('GET /servers/{id}', { id }).server;
  const refused = (more: object) =>
    test.refusedFields('POST /servers', {}, wish(more));
  const network = (more: object = {}) =>
    test.call(
      'POST /networks',
      {},
      {
        name: 'network',
        ip_range: '10.0.0.0/16',
        subnets: [
          {
            type: 'cloud',
            ip_range: '10.0.1.0/24',
            network_zone: 'eu-central',
          },
        ],
        ...more,
      },
    ).network.id as number;
  const group = () =>
    test.call('POST /placement_groups', {}, { name: 'g', type: 'spread' })
      .placement_group.id as number;

  describe('are created', () => {
    it('running, with addresses of their own and a password when they have no key', () => {
      const first = create();
      const second = create({ name: 'b' });
      expect(first.action).toMatchObject({
        command: 'create_server',
        status: 'running',
      });
      expect(
        first.next_actions.map((action: { command: string }) => action.command),
      ).toEqual(['start_server']);
      expect(first.root_password).toMatch(/^.{20}$/);
      expect(get(first.server.id)).toMatchObject({
        status: 'running',
        locked: false,
        primary_disk_size: 40,
        public_net: {
          ipv4: {
            ip: '127.80.0.1',
            dns_ptr: 'static.1.0.80.127.clients.your-server.de',
          },
        },
      });
      expect(get(second.server.id).public_net.ipv4.ip).toBe('127.80.0.2');
    });

    it('off when they are not to start', () => {
      const { server, next_actions: next } = create({
        start_after_create: false,
      });
      expect(next).toEqual([]);
      expect(get(server.id).status).toBe('off');
    });

    it('with ids as numbers or as text', () => {
      const to = network();
      const { server } = create({
        server_type: 114,
        image: '161547269',
        location: 1,
        networks: [String(to)],
        placement_group: String(group()),
        unknown: 'is ignored',
      });
      expect(get(server.id)).toMatchObject({
        server_type: { name: 'cx23' },
        image: { name: 'ubuntu-24.04', architecture: 'x86' },
        location: { name: 'fsn1' },
        private_net: [{ network: to, ip: '10.0.1.1' }],
      });
    });

    it('from the image of their architecture', () => {
      const { server } = create({ server_type: 'cax11' });
      expect(get(server.id).image).toMatchObject({ architecture: 'arm' });
    });

    it('with keys by name or id, and then without a password', () => {
      const { ssh_key: key } = test.call(
        'POST /ssh_keys',
        {},
        {
          name: 'key',
          public_key: SSH_KEY,
        },
      );
      expect(create({ ssh_keys: ['key', key.id] }).root_password).toBeNull();
    });

    it('where their type can be had when no location is asked for', () => {
      test.change({
        unavailable: [
          { serverType: 'cx23', location: 'fsn1' },
          { serverType: '*', location: 'hel1' },
        ],
      });
      const inHel1 = wish({ name: 'b', location: 'hel1' });
      expect(() => test.call('POST /servers', {}, inHel1)).toThrow(
        'server location disabled',
      );
      expect(create({ location: undefined }).server.location.name).toBe('nbg1');
      expect(test.code('POST /servers', {}, wish({ name: 'b' }))).toBe(
        'resource_unavailable',
      );
    });
  });

  it.each([
    [{ name: 'not a host' }, 'name'],
    [{ name: '-a' }, 'name'],
    [{ server_type: 'cx9' }, 'server_type'],
    [{ server_type: 'cx22' }, 'invalid_input'],
    [{ image: 'ubuntu-18.04' }, 'image'],
    [{ server_type: 'cax11', image: '161547269' }, 'image'],
    [{ location: 'moon' }, 'location'],
    [{ location: 'ash' }, 'invalid_input'],
    [{ labels: { 'a b': 'c' } }, 'labels'],
    [{ user_data: 'x'.repeat(32_769) }, 'user_data'],
    [{ public_net: { enable_ipv4: false, enable_ipv6: false } }, 'public_net'],
    [{ networks: [42] }, 'not_found'],
    [{ firewalls: [{ firewall: 42 }] }, 'not_found'],
    [{ volumes: [42] }, 'not_found'],
    [{ ssh_keys: ['nobody'] }, 'not_found'],
    [{ placement_group: 42 }, 'not_found'],
    [{ public_net: { ipv4: 42 } }, 'not_found'],
  ])('are not created with %j: %s', (more, field) => {
    expect(refused(more)).toEqual([field]);
    expect(test.call('GET /servers', {}).servers).toEqual([]);
  });

  it('are told what is wrong with user data in the words of the provider', () => {
    const body = wish({ user_data: 'x'.repeat(32_769) });
    expect(() => test.call('POST /servers', {}, body)).toThrow(
      expect.objectContaining({
        details: {
          fields: [
            {
              name: 'user_data',
              messages: ['Length must be between 0 and 32768.'],
            },
          ],
        },
      }),
    );
  });

  it('have names of their own, also until a deletion has ended', () => {
    const { server } = create();
    expect(test.code('POST /servers', {}, wish())).toBe('uniqueness_error');
    test.call('DELETE /servers/{id}', { id: server.id });
    expect(get(server.id).status).toBe('deleting');
    expect(test.code('POST /servers', {}, wish())).toBe('uniqueness_error');
    test.pass(1);
    expect(test.code('POST /servers', {}, wish())).toBe('none');
  });

  it('are limited in number', () => {
    test.change({ quotas: { servers: 1 } });
    create();
    expect(test.code('POST /servers', {}, wish({ name: 'b' }))).toBe(
      'resource_limit_exceeded',
    );
    test.change({ quotas: { servers: 9, primaryIps: 3 } });
    expect(test.code('POST /servers', {}, wish({ name: 'b' }))).toBe(
      'resource_limit_exceeded',
    );
    const noIpv6 = { name: 'b', public_net: { enable_ipv6: false } };
    expect(test.code('POST /servers', {}, wish(noIpv6))).toBe('none');
  });

  it('are protected from deletion and rebuild together', () => {
    const { id } = create().server;
    const change = 'POST /servers/{id}/actions/change_protection';
    expect(test.refusedFields(change, { id }, { delete: true })).toEqual([
      'rebuild',
    ]);
    test.call(change, { id }, { delete: true, rebuild: true });
    test.pass(1);
    expect(test.code('DELETE /servers/{id}', { id })).toBe('protected');
    const rebuild = { image: 'debian-12' };
    expect(
      test.code('POST /servers/{id}/actions/rebuild', { id }, rebuild),
    ).toBe('protected');
    test.call(change, { id }, { delete: false, rebuild: false });
    test.pass(1);
    expect(
      test.code('POST /servers/{id}/actions/rebuild', { id }, rebuild),
    ).toBe('none');
    test.pass(1);
    expect(get(id)).toMatchObject({
      status: 'running',
      image: { name: 'debian-12' },
    });
  });

  it('take everything that they were attached to with them', () => {
    const to = network();
    const { firewall } = test.call('POST /firewalls', {}, { name: 'fw' });
    const { server } = create({
      networks: [to],
      firewalls: [{ firewall: firewall.id }],
      placement_group: group(),
      labels: { role: 'web' },
    });
    const { id } = server;
    const { volume } = test.call(
      'POST /volumes',
      {},
      { name: 'v', size: 10, server: id },
    );
    const { load_balancer: lb } = test.call(
      'POST /load_balancers',
      {},
      {
        name: 'lb',
        load_balancer_type: 'lb11',
        location: 'fsn1',
        targets: [
          { type: 'server', server: { id } },
          { type: 'label_selector', label_selector: { selector: 'role' } },
        ],
      },
    );
    test.pass(1);
    expect(get(id)).toMatchObject({
      volumes: [volume.id],
      load_balancers: [lb.id],
      placement_group: { servers: [id] },
      public_net: { firewalls: [{ id: firewall.id, status: 'applied' }] },
    });
    expect(test.code('DELETE /firewalls/{id}', { id: firewall.id })).toBe(
      'resource_in_use',
    );
    test.call('DELETE /servers/{id}', { id });
    test.pass(1);
    expect(test.code('GET /servers/{id}', { id })).toBe('not_found');
    expect(
      test.call('GET /volumes/{id}', { id: volume.id }).volume.server,
    ).toBeNull();
    expect(test.call('GET /networks/{id}', { id: to }).network.servers).toEqual(
      [],
    );
    const { targets } = test.call('GET /load_balancers/{id}', {
      id: lb.id,
    }).load_balancer;
    expect(targets).toMatchObject([{ type: 'label_selector', targets: [] }]);
    expect(test.code('DELETE /firewalls/{id}', { id: firewall.id })).toBe(
      'none',
    );
    // The address is free again.
    const { server: next } = create({ name: 'b' });
    expect(next.public_net.ipv4.ip).toBe(server.public_net.ipv4.ip);
  });

  it('need an interface to start', () => {
    const to = network();
    const { id } = create({
      public_net: { enable_ipv4: false, enable_ipv6: false },
      start_after_create: false,
    }).server;
    expect(test.code('POST /servers/{id}/actions/poweron', { id })).toBe(
      'service_error',
    );
    test.call(
      'POST /servers/{id}/actions/attach_to_network',
      { id },
      { network: to },
    );
    test.pass(1);
    expect(test.code('POST /servers/{id}/actions/poweron', { id })).toBe(
      'none',
    );
    test.pass(1);
    expect(get(id)).toMatchObject({
      status: 'running',
      public_net: { ipv4: null, ipv6: null },
    });
  });

  it('change their type only while off, to one that fits', () => {
    const { id } = create({ server_type: 'cx33' }).server;
    const change = (type: string, upgrade = false) =>
      test.code(
        'POST /servers/{id}/actions/change_type',
        { id },
        {
          server_type: type,
          upgrade_disk: upgrade,
        },
      );
    expect(change('cx43')).toBe('server_not_stopped');
    test.call('POST /servers/{id}/actions/poweroff', { id });
    test.pass(1);
    expect(change('cx33')).toBe('invalid_server_type');
    expect(change('cx23')).toBe('invalid_server_type');
    expect(change('cax31')).toBe('invalid_server_type');
    expect(change('nothing')).toBe('invalid_input');
    test.change({ unavailable: [{ serverType: 'cx53', location: 'fsn1' }] });
    expect(change('cx53')).toBe('resource_unavailable');
    expect(change('cx43')).toBe('none');
    expect(get(id).status).toBe('migrating');
    test.pass(1);
    expect(get(id)).toMatchObject({
      status: 'off',
      server_type: { name: 'cx43' },
      primary_disk_size: 80,
    });
    // The disk was not upgraded, so the way back is open.
    expect(change('cx33', true)).toBe('none');
  });

  it('share a placement group with nine others at most', () => {
    const to = group();
    const ids = Array.from(
      { length: 10 },
      (_, index) =>
        create({ name: `s${index}`, placement_group: to }).server.id,
    );
    const full = 'placement_group_member_limit_reached';
    expect(test.code('POST /servers', {}, wish({ placement_group: to }))).toBe(
      full,
    );
    const { id } = create({ name: 'other', start_after_create: false }).server;
    const add = 'POST /servers/{id}/actions/add_to_placement_group';
    const remove = 'POST /servers/{id}/actions/remove_from_placement_group';
    expect(test.code(add, { id }, { placement_group: to })).toBe(full);
    expect(test.code(remove, { id })).toBe('service_error');
    test.call(remove, { id: ids[0] });
    test.pass(1);
    expect(test.code(add, { id: ids[0] }, { placement_group: to })).toBe(
      'server_not_stopped',
    );
    expect(test.code(add, { id }, { placement_group: to })).toBe('none');
    test.pass(1);
    expect(test.code(add, { id }, { placement_group: to })).toBe(
      'already_in_placement_group',
    );
    test.call('DELETE /placement_groups/{id}', { id: to });
    expect(get(id).placement_group).toBeNull();
  });

  describe('in networks', () => {
    const attach = 'POST /servers/{id}/actions/attach_to_network';

    it('get the address they ask for, in the subnet they ask for', () => {
      const to = network({
        subnets: ['10.0.1.0/24', '10.0.2.0/24'].map(ip_range => ({
          type: 'cloud',
          ip_range,
          network_zone: 'eu-central',
        })),
      });
      const [a, b, c] = ['a', 'b', 'c'].map(name => create({ name }).server.id);
      const code = (id: number, body: object) =>
        test.code(attach, { id }, { network: to, ...body });
      expect(code(a, { ip: '10.0.3.1' })).toBe('ip_not_available');
      expect(code(a, { ip: '10.0.1.0' })).toBe('ip_not_available');
      expect(code(a, { ip: '10.0.1.255' })).toBe('ip_not_available');
      expect(code(a, { ip: 'x' })).toBe('invalid_input');
      expect(code(a, { ip_range: '10.0.9.0/24' })).toBe('no_subnet_available');
      expect(code(a, { ip: '10.0.2.254', alias_ips: ['10.0.2.254'] })).toBe(
        'ip_not_available',
      );
      expect(code(a, { ip: '10.0.2.254', alias_ips: ['10.0.2.9'] })).toBe(
        'none',
      );
      test.pass(1);
      expect(code(b, { ip: '10.0.2.9' })).toBe('ip_not_available');
      expect(code(b, { ip_range: '10.0.2.0/24' })).toBe('none');
      expect(code(c, {})).toBe('none');
      test.pass(1);
      expect([a, b, c].map(id => get(id).private_net[0].ip)).toEqual([
        '10.0.2.254',
        '10.0.2.1',
        '10.0.1.1',
      ]);
      expect(get(a).private_net[0]).toMatchObject({
        alias_ips: ['10.0.2.9'],
        mac_address: expect.stringMatching(/^86:00(:[0-9a-f]{2}){4}$/),
      });
    });

    it('are in one only once, in three at most, and never in two that overlap', () => {
      const networks = [0, 1, 2, 3].map(index =>
        network({
          name: `n${index}`,
          ip_range: `10.${index}.0.0/16`,
          subnets: [
            {
              type: 'cloud',
              ip_range: `10.${index}.0.0/24`,
              network_zone: 'eu-central',
            },
          ],
        }),
      );
      const twin = network({ name: 'twin' });
      const { id } = create({ networks: networks.slice(0, 2) }).server;
      const code = (to: number) => test.code(attach, { id }, { network: to });
      expect(code(networks[0])).toBe('server_already_attached');
      expect(code(twin)).toBe('networks_overlap');
      expect(code(networks[2])).toBe('none');
      test.pass(1);
      expect(code(networks[3])).toBe('resource_limit_exceeded');
    });

    it('need a subnet in their zone with a free address', () => {
      const { id } = create().server;
      const bare = network({ name: 'bare', subnets: [] });
      const overseas = network({
        name: 'overseas',
        subnets: [{ type: 'cloud', network_zone: 'us-east' }],
      });
      const tiny = network({
        name: 'tiny',
        subnets: [
          {
            type: 'cloud',
            ip_range: '10.0.0.0/30',
            network_zone: 'eu-central',
          },
        ],
      });
      for (const to of [bare, overseas]) {
        expect(test.code(attach, { id }, { network: to })).toBe(
          'no_subnet_available',
        );
      }
      create({ name: 'b', networks: [tiny] });
      expect(test.code(attach, { id }, { network: tiny })).toBe(
        'no_subnet_available',
      );
    });

    it('leave them, and change their alias addresses', () => {
      const to = network();
      const { id } = create({ networks: [to] }).server;
      const alias = 'POST /servers/{id}/actions/change_alias_ips';
      const detach = 'POST /servers/{id}/actions/detach_from_network';
      const set = (alias_ips: string[]) =>
        test.code(alias, { id }, { network: to, alias_ips });
      expect(set(['10.0.1.1'])).toBe('ip_not_available');
      expect(set(['x'])).toBe('invalid_input');
      expect(set(['10.0.2.7'])).toBe('ip_not_available');
      expect(
        set(Array.from({ length: 6 }, (_, index) => `10.0.1.${index + 10}`)),
      ).toBe('invalid_input');
      expect(set(['10.0.1.7', '10.0.1.8'])).toBe('none');
      test.pass(1);
      expect(set(['10.0.1.8'])).toBe('none');
      test.pass(1);
      expect(get(id).private_net[0].alias_ips).toEqual(['10.0.1.8']);
      test.call(detach, { id }, { network: to });
      test.pass(1);
      expect(get(id).private_net).toEqual([]);
      expect(test.code(detach, { id }, { network: to })).toBe(
        'server_not_attached_to_network',
      );
    });
  });
});
