import { CloudUnderTest } from '../../../testing/cloudUnderTest';
import type { Route } from '../../operationNames';

let test: CloudUnderTest;

beforeEach(() => {
  test = new CloudUnderTest();
  test.change({ speed: 1000 });
});
afterEach(() => test.dispose());

const body = { name: 'ip', type: 'ipv4', location: 'fsn1' };

const create = (more: object = {}): number => {
  const { id } = test.call(
    'POST /primary_ips',
    {},
    { ...body, ...more },
  ).primary_ip;
  test.pass(1);
  return id;
};

const server = (more: object = {}): number => {
  const answer = test.call(
    'POST /servers',
    {},
    {
      name: 'a',
      server_type: 'cx23',
      image: 'debian-13',
      location: 'fsn1',
      start_after_create: false,
      ...more,
    },
  );
  test.pass(1);
  return answer.server.id;
};

const get = (id: number) =>
  test.call('GET /primary_ips/{id}', { id }).primary_ip;
const getServer = (id: number) => test.call('GET /servers/{id}', { id }).server;

/** Runs an action to its end and gives its error code; `none` when it works. */
const act = (action: string, id: number, request: object = {}) => {
  const code = test.code(
    `POST /primary_ips/{id}/actions/${action}` as Route,
    { id },
    request,
  );
  test.pass(1);
  return code;
};
const to = (id: number) => ({ assignee_type: 'server', assignee_id: id });

describe('primary IPs', () => {
  it('are unassigned until something has them', () => {
    expect(get(create())).toMatchObject({
      name: 'ip',
      type: 'ipv4',
      ip: '127.80.0.1',
      assignee_type: 'unassigned',
      assignee_id: null,
      auto_delete: false,
      location: { name: 'fsn1' },
      dns_ptr: [
        {
          ip: '127.80.0.1',
          dns_ptr: 'static.1.0.80.127.clients.your-server.de',
        },
      ],
    });
    const ipv6 = get(create({ name: 'ip6', type: 'ipv6' }));
    expect(ipv6.ip).toMatch(/^2001:db8:[0-9a-f]+:[0-9a-f]+::\/64$/);
    expect(ipv6.dns_ptr).toEqual([]);
  });

  it.each([
    [{ location: undefined }, ['location']],
    [{ location: 'moon' }, ['location']],
    [{ assignee_id: 42, assignee_type: 'server' }, ['location']],
    [{ location: undefined, assignee_id: 42 }, ['not_found']],
    [{ type: 'ipv5' }, ['type']],
    [{ name: '' }, ['name', 'name']],
  ])('are not created with %j', (more, fields) => {
    const refused = test.refusedFields(
      'POST /primary_ips',
      {},
      { ...body, ...more },
    );
    expect([...new Set(refused)]).toEqual([...new Set(fields)]);
  });

  it('have names of their own and are limited in number', () => {
    create();
    expect(test.code('POST /primary_ips', {}, body)).toBe('uniqueness_error');
    test.change({ quotas: { primaryIps: 1 } });
    expect(test.code('POST /primary_ips', {}, { ...body, name: 'b' })).toBe(
      'resource_limit_exceeded',
    );
  });

  it('come with a server and go with it unless they are to stay', () => {
    const own = create();
    const on = server({ public_net: { ipv4: own } });
    const { ipv4, ipv6 } = getServer(on).public_net;
    expect(ipv4).toMatchObject({ id: own, ip: '127.80.0.1' });
    expect(get(ipv6.id)).toMatchObject({
      name: `primary_ip-${ipv6.id}`,
      auto_delete: true,
      assignee_type: 'server',
      assignee_id: on,
    });
    test.call('DELETE /servers/{id}', { id: on });
    test.pass(1);
    expect(get(own)).toMatchObject({ assignee_type: 'unassigned' });
    expect(test.code('GET /primary_ips/{id}', { id: ipv6.id })).toBe(
      'not_found',
    );
  });

  it('are given to a server that is off and has none of their kind', () => {
    const id = create();
    const full = server();
    const bare = server({
      name: 'b',
      public_net: { enable_ipv4: false },
    });
    const far = server({
      name: 'c',
      location: 'nbg1',
      public_net: { enable_ipv4: false },
    });
    const running = server({
      name: 'd',
      start_after_create: true,
      public_net: { enable_ipv4: false },
    });
    expect(act('assign', id, to(full))).toBe('server_has_ipv4');
    expect(act('assign', id, to(far))).toBe('primary_ip_datacenter_mismatch');
    expect(act('assign', id, to(running))).toBe('server_not_stopped');
    expect(act('assign', id, to(42))).toBe('not_found');
    expect(act('assign', id, to(bare))).toBe('none');
    expect(getServer(bare).public_net.ipv4.id).toBe(id);
    expect(act('assign', id, to(bare))).toBe('primary_ip_already_assigned');
    expect(test.code('DELETE /primary_ips/{id}', { id })).toBe(
      'must_be_unassigned',
    );
    expect(act('unassign', id)).toBe('none');
    expect(getServer(bare).public_net.ipv4).toBeNull();
    expect(act('unassign', id)).toBe('service_error');
    expect(test.code('DELETE /primary_ips/{id}', { id })).toBe('none');
  });

  it.each([
    [{ type: 'ipv6' }, {}, 'primary_ip_version_mismatch'],
    [{ location: 'nbg1' }, {}, 'primary_ip_datacenter_mismatch'],
    [{}, { enable_ipv4: false }, 'invalid_input'],
  ])('%j are not for a new server with %j: %s', (more, publicNet, code) => {
    const wish = { ipv4: create(more), ...publicNet };
    expect(
      test.code(
        'POST /servers',
        {},
        {
          name: 'a',
          server_type: 'cx23',
          image: 'debian-13',
          location: 'fsn1',
          public_net: wish,
        },
      ),
    ).toBe(code);
    expect(test.call('GET /servers', {}).servers).toEqual([]);
  });

  it('are given to one server only', () => {
    const ipv4 = create();
    server({ public_net: { ipv4 } });
    expect(
      test.code(
        'POST /servers',
        {},
        {
          name: 'b',
          server_type: 'cx23',
          image: 'debian-13',
          location: 'fsn1',
          public_net: { ipv4 },
        },
      ),
    ).toBe('primary_ip_assigned');
  });

  it('stay with a load balancer for its whole life', () => {
    const ipv4 = create();
    const { load_balancer: balancer } = test.call(
      'POST /load_balancers',
      {},
      {
        name: 'lb',
        load_balancer_type: 'lb11',
        location: 'fsn1',
        public_net: { ipv4 },
      },
    );
    test.pass(1);
    const { ipv6 } = balancer.public_net;
    expect(balancer.public_net.ipv4.ip).toBe('127.80.0.1');
    expect(get(ipv4)).toMatchObject({
      assignee_type: 'load_balancer',
      assignee_id: balancer.id,
    });
    expect(act('unassign', ipv4)).toBe('unsupported_error');
    expect(test.code('DELETE /primary_ips/{id}', { id: ipv4 })).toBe(
      'must_be_unassigned',
    );
    test.call('DELETE /load_balancers/{id}', { id: balancer.id });
    test.pass(1);
    expect(get(ipv4)).toMatchObject({ assignee_type: 'unassigned' });
    expect(test.code('GET /primary_ips/{id}', { id: ipv6.id })).toBe(
      'not_found',
    );
  });

  it('stay while a load balancer sends traffic to them', () => {
    const on = server();
    const { ipv4 } = getServer(on).public_net;
    test.call(
      'POST /load_balancers',
      {},
      {
        name: 'lb',
        load_balancer_type: 'lb11',
        location: 'fsn1',
        targets: [{ type: 'server', server: { id: on } }],
      },
    );
    test.pass(1);
    expect(act('unassign', ipv4.id)).toBe('server_is_load_balancer_target');
  });

  it('are protected, but not when they are to go with their server', () => {
    const id = create();
    expect(act('change_protection', id, { delete: true })).toBe('none');
    expect(test.code('DELETE /primary_ips/{id}', { id })).toBe('protected');
    const put = (auto_delete: boolean) =>
      test.code('PUT /primary_ips/{id}', { id }, { auto_delete });
    expect(put(true)).toBe('invalid_input');
    expect(act('change_protection', id, { delete: false })).toBe('none');
    expect(put(true)).toBe('none');
    expect(act('change_protection', id, { delete: true })).toBe(
      'invalid_input',
    );
  });

  it('have reverse names for addresses of theirs', () => {
    const ipv4 = create();
    const ipv6 = create({ name: 'ip6', type: 'ipv6' });
    const one = get(ipv6).ip.replace('/64', '1');
    const name = (id: number, ip: string, dns_ptr?: string | null) =>
      act('change_dns_ptr', id, { ip, dns_ptr });
    expect(name(ipv4, '127.80.0.1', 'a.example.com')).toBe('none');
    expect(name(ipv4, '127.80.0.2', 'a.example.com')).toBe('invalid_input');
    expect(name(ipv6, one, 'b.example.com')).toBe('none');
    expect(name(ipv6, '2001:db9::1', 'b.example.com')).toBe('invalid_input');
    expect(get(ipv4).dns_ptr).toEqual([
      { ip: '127.80.0.1', dns_ptr: 'a.example.com' },
    ]);
    expect(get(ipv6).dns_ptr).toEqual([{ ip: one, dns_ptr: 'b.example.com' }]);
    name(ipv4, '127.80.0.1', null);
    name(ipv6, one);
    expect(get(ipv4).dns_ptr[0].dns_ptr).toMatch(/^static\./);
    expect(get(ipv6).dns_ptr).toEqual([]);
  });

  it('are changed one thing at a time', () => {
    const id = create();
    const protect = () =>
      test.code('POST /primary_ips/{id}/actions/change_protection', { id }, {});
    expect([protect(), protect()]).toEqual(['none', 'conflict']);
    expect(test.code('PUT /primary_ips/{id}', { id }, {})).toBe('conflict');
  });
});
