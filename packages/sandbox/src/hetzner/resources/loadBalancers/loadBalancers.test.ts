import { CloudUnderTest } from '../../../testing/cloudUnderTest';
import { selfSigned } from '../../../testing/certificates';

describe('load balancers', () => {
  let test: CloudUnderTest;

  beforeEach(() => {
    test = new CloudUnderTest();
    test.change({ speed: 1000 });
  });
  afterEach(() => test.dispose());

  const wish = (more: object = {}) => ({
    name: 'lb',
    load_balancer_type: 'lb11',
    location: 'fsn1',
    ...more,
  });
  const create = (more: object = {}) => {
    const { load_balancer: lb } = test.call(
      'POST /load_balancers',
      {},
      wish(more),
    );
    test.pass(1);
    return lb.id as number;
  };
  const get = (id: number) =>
    test.call('GET /load_balancers/{id}', { id }).load_balancer;
  const refused = (more: object) =>
    test.refusedFields('POST /load_balancers', {}, wish(more));
  const act = (action: string, id: number, body: object = {}) => {
    const code = test.code(
      `POST /load_balancers/{id}/actions/${action}` as never,
      { id },
      body,
    );
    test.pass(1);
    return code;
  };
  const network = (name = 'n', network_zone = 'eu-central') =>
    test.call(
      'POST /networks',
      {},
      {
        name,
        ip_range: '10.0.0.0/16',
        subnets: [{ type: 'cloud', ip_range: '10.0.1.0/24', network_zone }],
      },
    ).network.id as number;
  const server = (name: string, more: object = {}) => {
    const answer = test.call(
      'POST /servers',
      {},
      {
        name,
        server_type: 'cx23',
        image: 'debian-13',
        location: 'fsn1',
        ...more,
      },
    );
    test.pass(1);
    return answer.server.id as number;
  };
  const direct = (id: number, use_private_ip?: boolean) => ({
    type: 'server',
    server: { id },
    use_private_ip,
  });
  const bySelector = (selector: string, use_private_ip?: boolean) => ({
    type: 'label_selector',
    label_selector: { selector },
    use_private_ip,
  });
  const tcp = (port: number) => ({
    protocol: 'tcp',
    listen_port: port,
    destination_port: port,
  });
  const certificate = async () =>
    test.call(
      'POST /certificates',
      {},
      { name: 'c', ...(await selfSigned('example.com')) },
    ).certificate.id as number;

  it('are created with services, targets and network in one call', async () => {
    const to = network();
    const a = server('a', { labels: { role: 'web' }, networks: [to] });
    const id = create({
      network: to,
      services: [
        {
          protocol: 'https',
          http: { certificates: [await certificate()], redirect_http: true },
        },
      ],
      targets: [bySelector('role=web', true)],
    });
    expect(get(id)).toMatchObject({
      private_net: [{ network: to, ip: '10.0.1.2' }],
      public_net: {
        enabled: true,
        ipv4: {
          ip: '127.80.0.2',
          blocked: false,
          dns_ptr: 'static.2.0.80.127.clients.your-server.de',
        },
      },
      algorithm: { type: 'round_robin' },
      services: [{ listen_port: 443, destination_port: 80 }],
      targets: [
        {
          type: 'label_selector',
          use_private_ip: true,
          targets: [
            {
              type: 'server',
              server: { id: a, ip: '10.0.1.1' },
              use_private_ip: true,
            },
          ],
        },
      ],
    });
  });

  it('are placed in a zone or in a location', () => {
    const id = create({ location: undefined, network_zone: 'eu-central' });
    expect(get(id).location.name).toBe('fsn1');
  });

  it.each([
    [{ location: undefined }, ['location']],
    [{ network_zone: 'eu-central' }, ['location']],
    [{ location: 'moon' }, ['location']],
    [{ location: 'ash' }, ['location']],
    [{ location: undefined, network_zone: 'moon' }, ['network_zone']],
    [{ load_balancer_type: 'lb99' }, ['load_balancer_type']],
    [{ network: 42 }, ['not_found']],
    [{ public_net: { ipv4: 42 } }, ['not_found']],
    [
      { services: [{ protocol: 'https', http: { certificates: [42] } }] },
      ['not_found'],
    ],
    [
      { services: [{ protocol: 'http', listen_port: 70_000 }] },
      ['services.0.listen_port'],
    ],
    [
      { services: [{ protocol: 'http', health_check: { interval: 2 } }] },
      ['services.0.health_check.interval'],
    ],
    [
      { services: [{ protocol: 'http' }, { protocol: 'http' }] },
      ['source_port_already_used'],
    ],
    [{ targets: [{ type: 'server', server: { id: 42 } }] }, ['not_found']],
    [
      { targets: [bySelector('a', true)] },
      ['load_balancer_not_attached_to_network'],
    ],
    [{ targets: [bySelector('a b')] }, ['targets.0.label_selector.selector']],
    [
      { targets: [bySelector('a'), bySelector('a')] },
      ['target_already_defined'],
    ],
    [
      { targets: [bySelector('a')], public_interface: false },
      ['load_balancer_public_interface_disabled'],
    ],
  ])('are not created with %j', (more, fields) => {
    expect(refused(more)).toEqual(fields);
    expect(test.call('GET /load_balancers', {}).load_balancers).toEqual([]);
  });

  it('have names of their own and are limited in number', () => {
    create();
    expect(test.code('POST /load_balancers', {}, wish())).toBe(
      'uniqueness_error',
    );
    test.change({ quotas: { loadBalancers: 1 } });
    expect(test.code('POST /load_balancers', {}, wish({ name: 'b' }))).toBe(
      'resource_limit_exceeded',
    );
  });

  it('have as many services as their type allows, on different ports', async () => {
    const id = create({ services: [80, 81, 82].map(tcp) });
    expect(act('add_service', id, tcp(80))).toBe('source_port_already_used');
    const https = {
      protocol: 'https',
      http: { certificates: [await certificate()], redirect_http: true },
    };
    // The redirect listens on port 80 as well.
    expect(act('add_service', id, https)).toBe('source_port_already_used');
    expect(act('delete_service', id, { listen_port: 80 })).toBe('none');
    expect(act('add_service', id, https)).toBe('none');
    expect(act('add_service', id, tcp(83))).toBe('none');
    expect(act('add_service', id, tcp(84))).toBe('none');
    expect(act('add_service', id, tcp(85))).toBe('resource_limit_exceeded');
    expect(act('delete_service', id, { listen_port: 99 })).toBe(
      'invalid_input',
    );
    expect(act('update_service', id, tcp(99))).toBe('invalid_input');
    expect(
      get(id).services.map(
        (service: { listen_port: number }) => service.listen_port,
      ),
    ).toEqual([81, 82, 83, 84, 443]);
  });

  it('keep a certificate from being deleted', async () => {
    const used = await certificate();
    const id = create({
      services: [{ protocol: 'https', http: { certificates: [used] } }],
    });
    expect(
      test.call('GET /certificates/{id}', { id: used }).certificate.used_by,
    ).toEqual([{ id, type: 'load_balancer' }]);
    expect(test.code('DELETE /certificates/{id}', { id: used })).toBe(
      'resource_in_use',
    );
    test.call('DELETE /load_balancers/{id}', { id });
    test.pass(1);
    expect(test.code('DELETE /certificates/{id}', { id: used })).toBe('none');
  });

  it('find servers by their labels, over the private network only those in it', () => {
    const to = network();
    const id = create({ network: to, targets: [bySelector('role=web', true)] });
    const [inside, outside] = [{ networks: [to] }, {}].map((more, index) =>
      server(`s${index}`, { labels: { role: 'web' }, ...more }),
    );
    const resolved = () =>
      get(id).targets[0].targets.map(
        (target: { server: { id: number } }) => target.server.id,
      );
    const label = (which: number, labels: object) =>
      test.call('PUT /servers/{id}', { id: which }, { labels });
    expect(resolved()).toEqual([inside]);
    test.call(
      'POST /servers/{id}/actions/attach_to_network',
      { id: outside },
      { network: to },
    );
    test.pass(1);
    expect(resolved()).toEqual([inside, outside]);
    label(inside, { role: 'db' });
    expect(resolved()).toEqual([outside]);
    expect(
      test.call('GET /servers/{id}', { id: inside }).server.load_balancers,
    ).toEqual([]);
    expect(
      test.call('GET /servers/{id}', { id: outside }).server.load_balancers,
    ).toEqual([id]);
    label(inside, { role: 'web' });
    expect(resolved()).toEqual([inside, outside]);
  });

  it('take servers as targets where they can reach them', () => {
    const to = network();
    const a = server('a', { networks: [to] });
    const b = server('b', { public_net: { enable_ipv4: false } });
    const id = create();
    expect(act('add_target', id, direct(a, true))).toBe(
      'load_balancer_not_attached_to_network',
    );
    expect(act('add_target', id, direct(b))).toBe(
      'resolve_cloud_public_targets_error',
    );
    expect(act('add_target', id, direct(42))).toBe('not_found');
    expect(act('attach_to_network', id, { network: to })).toBe('none');
    expect(act('add_target', id, direct(b, true))).toBe(
      'resolve_cloud_private_targets_error',
    );
    expect(act('add_target', id, direct(a, true))).toBe('none');
    expect(act('add_target', id, direct(a))).toBe('target_already_defined');
    expect(get(id).targets).toMatchObject([
      { server: { id: a, ip: '10.0.1.1' } },
    ]);
    expect(act('remove_target', id, direct(b))).toBe(
      'load_balancer_target_not_found',
    );
    expect(act('remove_target', id, direct(a))).toBe('none');
    expect(get(id).targets).toEqual([]);
  });

  it('lose a private target that leaves the network', () => {
    const to = network();
    const a = server('a', { networks: [to] });
    const id = create({ network: to, targets: [direct(a, true)] });
    test.call(
      'POST /servers/{id}/actions/detach_from_network',
      { id: a },
      { network: to },
    );
    test.pass(1);
    expect(get(id).targets).toEqual([]);
  });

  it('take addresses of servers outside the cloud as targets', () => {
    const a = server('a');
    const { ip } = test.call('GET /servers/{id}', { id: a }).server.public_net
      .ipv4;
    const id = create();
    const add = (address: string) =>
      act('add_target', id, { type: 'ip', ip: { ip: address } });
    expect(add(ip)).toBe('cloud_resource_ip_not_allowed');
    expect(add('10.0.0.9')).toBe('network_has_no_vswitch_subnet');
    expect(add('127.0.0.1')).toBe('ip_not_owned');
    expect(add('224.0.0.1')).toBe('ip_not_owned');
    expect(add('x')).toBe('invalid_input');
    expect(add('198.51.100.7')).toBe('none');
    expect(get(id).targets).toEqual([
      { type: 'ip', ip: { ip: '198.51.100.7' }, health_status: [] },
    ]);
  });

  it('have as many targets as their type allows, each server of a selector counted', () => {
    for (let index = 0; index < 24; index += 1) {
      server(`s${index}`, { labels: { role: 'web' } });
    }
    const other = server('other');
    const id = create({ targets: [bySelector('role=web')] });
    expect(act('add_target', id, direct(other))).toBe('none');
    expect(act('add_target', id, bySelector('none'))).toBe('none');
    const ip = { type: 'ip', ip: { ip: '198.51.100.7' } };
    expect(act('add_target', id, ip)).toBe('resource_limit_exceeded');
  });

  it('are in one network at most', () => {
    const [to, elsewhere] = [network(), network('us', 'us-east')];
    const id = create();
    const attach = (body: object) => act('attach_to_network', id, body);
    expect(attach({ network: elsewhere })).toBe('no_subnet_available');
    expect(attach({ network: to, ip: '10.0.2.1' })).toBe('ip_not_available');
    expect(attach({ network: to, ip: '10.0.1.254' })).toBe('none');
    expect(attach({ network: to })).toBe('load_balancer_already_attached');
    expect(get(id).private_net).toEqual([{ network: to, ip: '10.0.1.254' }]);
    expect(act('detach_from_network', id, { network: elsewhere })).toBe(
      'load_balancer_not_attached_to_network',
    );
    expect(act('detach_from_network', id, { network: to })).toBe('none');
    expect(get(id).private_net).toEqual([]);
  });

  it('close their public interface only when no target needs it', () => {
    const to = network();
    const a = server('a', { networks: [to] });
    const id = create({ targets: [direct(a)] });
    const close = () => act('disable_public_interface', id);
    expect(close()).toBe('load_balancer_not_attached_to_network');
    expect(act('attach_to_network', id, { network: to })).toBe('none');
    expect(close()).toBe('targets_without_use_private_ip');
    expect(act('remove_target', id, direct(a))).toBe('none');
    expect(act('add_target', id, direct(a, true))).toBe('none');
    expect(close()).toBe('none');
    expect(get(id).public_net.enabled).toBe(false);
    expect(act('enable_public_interface', id)).toBe('none');
    expect(get(id).public_net.enabled).toBe(true);
  });

  it('are protected, and end with an action', () => {
    const id = create();
    expect(act('change_protection', id, { delete: true })).toBe('none');
    expect(test.code('DELETE /load_balancers/{id}', { id })).toBe('protected');
    expect(act('change_protection', id, { delete: false })).toBe('none');
    const { action } = test.call('DELETE /load_balancers/{id}', { id });
    expect(action).toMatchObject({
      command: 'delete_load_balancer',
      status: 'running',
    });
    test.pass(1);
    expect(test.code('GET /load_balancers/{id}', { id })).toBe('not_found');
  });

  it('change algorithm, type and reverse name', () => {
    const id = create();
    expect(act('change_algorithm', id, { type: 'random' })).toBe(
      'invalid_input',
    );
    expect(act('change_algorithm', id, { type: 'least_connections' })).toBe(
      'none',
    );
    expect(act('change_type', id, { load_balancer_type: 'lb99' })).toBe(
      'invalid_input',
    );
    expect(act('change_type', id, { load_balancer_type: '1' })).toBe('none');
    expect(act('change_dns_ptr', id, { ip: '1.2.3.4', dns_ptr: 'a' })).toBe(
      'invalid_input',
    );
    const { ip } = get(id).public_net.ipv6;
    expect(act('change_dns_ptr', id, { ip, dns_ptr: 'lb.example.com' })).toBe(
      'none',
    );
    expect(get(id)).toMatchObject({
      algorithm: { type: 'least_connections' },
      load_balancer_type: { name: 'lb11' },
      public_net: { ipv6: { dns_ptr: 'lb.example.com' } },
    });
  });
});
