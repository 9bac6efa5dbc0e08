import { CloudUnderTest } from '../../../testing/cloudUnderTest';
import type { Route } from '../../operationNames';

let test: CloudUnderTest;

beforeEach(() => {
  test = new CloudUnderTest();
  test.change({ speed: 1000 });
});
afterEach(() => test.dispose());

const server = (name: string): number => {
  const answer = test.call(
    'POST /servers',
    {},
    {
      name,
      server_type: 'cx23',
      image: 'debian-13',
      location: 'nbg1',
    },
  );
  test.pass(1);
  return answer.server.id;
};
const create = (more: object): number => {
  const answer = test.call('POST /floating_ips', {}, { type: 'ipv4', ...more });
  test.pass(1);
  return answer.floating_ip.id;
};
const get = (id: number) =>
  test.call('GET /floating_ips/{id}', { id }).floating_ip;
const onServer = (id: number) =>
  test.call('GET /servers/{id}', { id }).server.public_net.floating_ips;

/** Runs an action to its end and gives its error code; `none` when it works. */
const act = (action: string, id: number, body: object = {}) => {
  const code = test.code(
    `POST /floating_ips/{id}/actions/${action}` as Route,
    { id },
    body,
  );
  test.pass(1);
  return code;
};

describe('floating IPs', () => {
  it('are at home where asked, or where their server is', () => {
    const on = server('a');
    const apart = create({ home_location: 'hel1', name: 'apart' });
    const there = create({ server: on });
    expect(get(apart)).toMatchObject({
      name: 'apart',
      ip: '127.80.0.2',
      server: null,
      home_location: { name: 'hel1' },
    });
    expect(get(there)).toMatchObject({
      name: `floating_ip-${there}`,
      ip: '127.80.0.3',
      server: on,
      home_location: { name: 'nbg1' },
    });
    expect(onServer(on)).toEqual([there]);
  });

  it.each([
    [{}, ['home_location']],
    [{ home_location: 'moon' }, ['home_location']],
    [{ server: 42 }, ['not_found']],
    [{ type: 'ipv5', home_location: 'fsn1' }, ['type']],
  ])('are not created with %j', (more, fields) => {
    const body = { type: 'ipv4', ...more };
    expect(test.refusedFields('POST /floating_ips', {}, body)).toEqual(fields);
  });

  it('have names of their own and are limited in number', () => {
    const body = { type: 'ipv4', home_location: 'fsn1', name: 'f' };
    create(body);
    expect(test.code('POST /floating_ips', {}, body)).toBe('uniqueness_error');
    test.change({ quotas: { floatingIps: 1 } });
    expect(test.code('POST /floating_ips', {}, { ...body, name: 'g' })).toBe(
      'resource_limit_exceeded',
    );
  });

  it('move from server to server, and outlive them', () => {
    const [a, b] = [server('a'), server('b')];
    const id = create({ home_location: 'fsn1' });
    expect(act('unassign', id)).toBe('service_error');
    expect(act('assign', id, { server: 42 })).toBe('not_found');
    expect(act('assign', id, { server: a })).toBe('none');
    expect(act('assign', id, { server: b })).toBe('floating_ip_assigned');
    expect(test.code('DELETE /floating_ips/{id}', { id })).toBe(
      'must_be_unassigned',
    );
    expect(act('unassign', id)).toBe('none');
    expect(act('assign', id, { server: b })).toBe('none');
    expect([onServer(a), onServer(b)]).toEqual([[], [id]]);
    test.call('DELETE /servers/{id}', { id: b });
    test.pass(1);
    expect(get(id).server).toBeNull();
    expect(test.code('DELETE /floating_ips/{id}', { id })).toBe('none');
  });

  it('are protected, named in reverse, and changed one thing at a time', () => {
    const id = create({ type: 'ipv6', home_location: 'fsn1' });
    const ip = get(id).ip.replace('/64', '1');
    const name = { ip, dns_ptr: 'a.example.com' };
    expect(act('change_dns_ptr', id, name)).toBe('none');
    expect(get(id).dns_ptr).toEqual([name]);
    expect(act('change_dns_ptr', id, { ip: '2001:db9::1' })).toBe(
      'invalid_input',
    );
    expect(act('change_protection', id, { delete: true })).toBe('none');
    expect(test.code('DELETE /floating_ips/{id}', { id })).toBe('protected');
    const protect = () =>
      test.code('POST /floating_ips/{id}/actions/change_protection', { id });
    expect([protect(), protect()]).toEqual(['none', 'locked']);
  });

  it('are no targets of load balancers', () => {
    create({ home_location: 'fsn1' });
    expect(
      test.code(
        'POST /load_balancers',
        {},
        {
          name: 'lb',
          load_balancer_type: 'lb11',
          location: 'fsn1',
          targets: [{ type: 'ip', ip: { ip: '127.80.0.1' } }],
        },
      ),
    ).toBe('cloud_resource_ip_not_allowed');
  });
});
