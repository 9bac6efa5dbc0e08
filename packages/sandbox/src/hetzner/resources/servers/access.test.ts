import { CloudUnderTest } from '../../../testing/cloudUnderTest';
import type { Route } from '../../operationNames';

let test: CloudUnderTest;
let id: number;

const get = () => test.call('GET /servers/{id}', { id }).server;

/** Runs an action to its end and gives its error code; `none` when it works. */
const act = (action: string, body: object = {}) => {
  const code = test.code(
    `POST /servers/{id}/actions/${action}` as Route,
    { id },
    body,
  );
  test.pass(1);
  return code;
};

beforeEach(() => {
  test = new CloudUnderTest();
  test.change({ speed: 1000 });
  id = test.call(
    'POST /servers',
    {},
    { name: 'a', server_type: 'cx23', image: 'debian-13', location: 'fsn1' },
  ).server.id;
  test.pass(1);
});
afterEach(() => test.dispose());

describe('the rescue system', () => {
  it.each(['reboot', 'reset'])('ends with the next %s', action => {
    expect(act('enable_rescue', { type: 'linux64' })).toBe('none');
    expect(get().rescue_enabled).toBe(true);
    expect(act('enable_rescue')).toBe('service_error');
    expect(act(action)).toBe('none');
    expect(get().rescue_enabled).toBe(false);
  });

  it('ends with the next start, when it is disabled, and after an hour', () => {
    act('poweroff');
    act('enable_rescue');
    act('poweron');
    expect(get().rescue_enabled).toBe(false);
    act('enable_rescue');
    act('disable_rescue');
    expect(get().rescue_enabled).toBe(false);
    act('enable_rescue');
    test.pass(3.6);
    expect(get().rescue_enabled).toBe(false);
    expect(act('enable_rescue')).toBe('none');
  });

  it('takes SSH keys that exist, and is of one kind', () => {
    expect(act('enable_rescue', { ssh_keys: [42] })).toBe('not_found');
    expect(act('enable_rescue', { type: 'freebsd64' })).toBe('invalid_input');
  });
});

describe('an ISO', () => {
  it('is in the drive until another one is, or none', () => {
    expect(act('attach_iso', { iso: 'netboot.xyz.iso' })).toBe('none');
    expect(get().iso).toMatchObject({
      name: 'netboot.xyz.iso',
      type: 'public',
    });
    expect(act('attach_iso', { iso: '122629' })).toBe('none');
    expect(get().iso.id).toBe(122629);
    expect(act('detach_iso')).toBe('none');
    expect(get().iso).toBeNull();
    const { action } = test.call('POST /servers/{id}/actions/detach_iso', {
      id,
    });
    expect(action).toMatchObject({ status: 'success', progress: 100 });
  });

  it('fits the architecture and exists', () => {
    expect(act('attach_iso', { iso: 122630 })).toBe('invalid_input');
    expect(act('attach_iso', { iso: 'none.iso' })).toBe('not_found');
  });
});

describe('a password', () => {
  it('is reset on a running server only', () => {
    const answer = test.call('POST /servers/{id}/actions/reset_password', {
      id,
    });
    expect(answer.root_password).toHaveLength(20);
    expect(
      JSON.stringify([...test.cloud.project('test').actions]),
    ).not.toContain(answer.root_password);
    test.pass(1);
    act('poweroff');
    expect(act('reset_password')).toBe('service_error');
  });

  it('comes with a console', () => {
    const { wss_url: url, password } = test.call(
      'POST /servers/{id}/actions/request_console',
      { id },
    );
    expect(url).toMatch(
      new RegExp(`^wss://.*server_id=${id}&token=[0-9a-f]{32}$`),
    );
    expect(password).toHaveLength(20);
  });
});

describe('a reverse name', () => {
  it('is set for an address of the server and reset with null', () => {
    const { ipv4, ipv6 } = get().public_net;
    const one = ipv6.ip.replace('/64', '1');
    expect(
      act('change_dns_ptr', { ip: ipv4.ip, dns_ptr: 'a.example.com' }),
    ).toBe('none');
    expect(act('change_dns_ptr', { ip: one, dns_ptr: 'b.example.com' })).toBe(
      'none',
    );
    expect(get().public_net).toMatchObject({
      ipv4: { dns_ptr: 'a.example.com' },
      ipv6: { dns_ptr: [{ ip: one, dns_ptr: 'b.example.com' }] },
    });
    expect(act('change_dns_ptr', { ip: '192.0.2.1' })).toBe('invalid_input');
    expect(act('change_dns_ptr', { ip: ipv4.ip, dns_ptr: null })).toBe('none');
    expect(get().public_net.ipv4.dns_ptr).toBe(
      'static.1.0.80.127.clients.your-server.de',
    );
  });
});
