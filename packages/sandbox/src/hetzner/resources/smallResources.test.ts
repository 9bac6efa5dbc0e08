import { CloudUnderTest } from '../../testing/cloudUnderTest';
import { sshKeyFingerprint } from './sshKeys';

const SSH_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKBJneUFoB/hebEQpxCDzlPq3YU1OQIc+SlBUYQgPc69 x';

let test: CloudUnderTest;

beforeEach(() => {
  test = new CloudUnderTest();
  test.change({ speed: 1000 });
});
afterEach(() => test.dispose());

describe('SSH keys', () => {
  it('have the fingerprint that ssh-keygen tells', () => {
    expect(sshKeyFingerprint(SSH_KEY)).toBe(
      '69:5f:95:45:33:69:90:ae:c3:bc:94:f7:57:6f:b8:89',
    );
  });

  it.each([
    '',
    'ssh-ed25519',
    'ssh-ed25519 ???',
    'ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAA',
    'a b c',
  ])('are not %p', text => {
    expect(sshKeyFingerprint(text)).toBeUndefined();
    const body = { name: 'k', public_key: text };
    expect(test.refusedFields('POST /ssh_keys', {}, body)).toEqual([
      'public_key',
    ]);
  });

  it('have a name and a fingerprint of their own', () => {
    const { id } = test.call(
      'POST /ssh_keys',
      {},
      { name: 'k', public_key: SSH_KEY },
    ).ssh_key;
    const again = (name: string) =>
      test.refusedFields(
        'POST /ssh_keys',
        {},
        { name, public_key: `${SSH_KEY}y` },
      );
    expect(again('k')).toEqual(['name']);
    expect(again('other')).toEqual(['public_key']);
    test.call('DELETE /ssh_keys/{id}', { id });
    expect(again('k')).toEqual([]);
  });
});

describe('placement groups', () => {
  it('have names of their own, are spread, and are limited in number', () => {
    const create = (body: object) =>
      test.code('POST /placement_groups', {}, body);
    expect(create({ name: 'g', type: 'spread' })).toBe('none');
    expect(create({ name: 'g', type: 'spread' })).toBe('uniqueness_error');
    expect(create({ name: 'h', type: 'near' })).toBe('invalid_input');
    test.change({ quotas: { placementGroups: 1 } });
    expect(create({ name: 'h', type: 'spread' })).toBe(
      'resource_limit_exceeded',
    );
  });
});

describe('volumes', () => {
  const server = (more: object = {}) => {
    const answer = test.call(
      'POST /servers',
      {},
      {
        name: 'a',
        server_type: 'cx23',
        image: 'debian-13',
        location: 'fsn1',
        ...more,
      },
    );
    test.pass(1);
    return answer.server.id as number;
  };
  const create = (more: object = {}) => {
    const answer = test.call(
      'POST /volumes',
      {},
      { name: 'v', size: 10, location: 'fsn1', ...more },
    );
    test.pass(1);
    return answer.volume.id as number;
  };
  const get = (id: number) => test.call('GET /volumes/{id}', { id }).volume;
  const act = (action: string, id: number, body: object = {}) => {
    const code = test.code(
      `POST /volumes/{id}/actions/${action}` as never,
      { id },
      body,
    );
    test.pass(1);
    return code;
  };

  it('are created apart or on a server', () => {
    const on = server();
    const apart = create();
    const attached = create({ name: 'w', location: undefined, server: on });
    expect(get(apart)).toMatchObject({
      status: 'available',
      server: null,
      linux_device: `/dev/disk/by-id/scsi-0HC_Volume_${apart}`,
    });
    expect(get(attached)).toMatchObject({
      server: on,
      location: { name: 'fsn1' },
    });
  });

  it.each([
    [{ size: 9 }, ['size']],
    [{ size: 10_241 }, ['size']],
    [{ name: 'a b' }, ['name']],
    [{ name: 'x'.repeat(65) }, ['name']],
    [{ location: undefined }, ['location']],
    [{ location: 'moon' }, ['location']],
    [{ server: 42 }, ['location']],
    [{ location: undefined, server: 42 }, ['not_found']],
    [{ format: 'ntfs' }, ['format']],
  ])('are not created with %j', (more, fields) => {
    const body = { name: 'v', size: 10, location: 'fsn1', ...more };
    expect(test.refusedFields('POST /volumes', {}, body)).toEqual(fields);
  });

  it('are attached to one server in their location', () => {
    const here = server();
    const there = server({ name: 'b', location: 'nbg1' });
    const id = create();
    expect(act('detach', id)).toBe('service_error');
    expect(act('attach', id, { server: there })).toBe('invalid_input');
    expect(act('attach', id, { server: here })).toBe('none');
    expect(act('attach', id, { server: here })).toBe('volume_already_attached');
    expect(test.code('DELETE /volumes/{id}', { id })).toBe('resource_in_use');
    expect(act('detach', id)).toBe('none');
    expect(test.code('DELETE /volumes/{id}', { id })).toBe('none');
  });

  it('come with a new server', () => {
    const id = create();
    const on = server({ volumes: [id] });
    expect(get(id).server).toBe(on);
    expect(
      test.code(
        'POST /servers',
        {},
        {
          name: 'b',
          server_type: 'cx23',
          image: 'debian-13',
          location: 'fsn1',
          volumes: [id],
        },
      ),
    ).toBe('volume_already_attached');
  });

  it('are sixteen on a server at most', () => {
    const on = server();
    const ids = Array.from({ length: 17 }, (_, index) =>
      create({ name: `v${index}` }),
    );
    expect(ids.map(id => act('attach', id, { server: on }))).toEqual([
      ...Array(16).fill('none'),
      'limit_exceeded_error',
    ]);
  });

  it('only grow, are protected, and are held by what is done to them', () => {
    const id = create();
    expect(act('resize', id, { size: 10 })).toBe('invalid_input');
    const resize = (size: number) =>
      test.code('POST /volumes/{id}/actions/resize', { id }, { size });
    expect(resize(20)).toBe('none');
    expect(resize(30)).toBe('locked');
    test.pass(1);
    expect(get(id).size).toBe(20);
    expect(act('change_protection', id, { delete: true })).toBe('none');
    expect(test.code('DELETE /volumes/{id}', { id })).toBe('protected');
  });
});

describe('the catalogue', () => {
  it('has the prices of the day', () => {
    const monthly = (id: number) =>
      test.call('GET /server_types/{id}', { id }).server_type.prices[0]
        .price_monthly.net;
    expect([114, 116, 101].map(monthly)).toEqual([
      '5.4900000000',
      '15.9900000000',
      '853.4900000000',
    ]);
    const { pricing } = test.call('GET /pricing', {});
    expect(pricing.load_balancer_types[0].prices[0]).toMatchObject({
      location: 'fsn1',
      price_hourly: { net: '0.0120000000' },
      price_monthly: { net: '7.4900000000', gross: '7.4900000000000000' },
      included_traffic: 20 * 2 ** 40,
    });
    expect(pricing.primary_ips[0]).toMatchObject({
      type: 'ipv4',
      prices: [{ price_monthly: { net: '0.5000000000' } }, {}, {}, {}, {}],
    });
    const [, lb21, lb31] = pricing.load_balancer_types;
    expect([lb21, lb31]).toMatchObject([
      {
        name: 'lb21',
        prices: [{ price_hourly: { net: '0.0344000000' } }, {}, {}],
      },
      {
        name: 'lb31',
        prices: [{ price_monthly: { net: '42.9800000000' } }, {}, {}],
      },
    ]);
  });

  it('tells what is sold out', () => {
    test.change({ unavailable: [{ serverType: 'cx23', location: 'nbg1' }] });
    const { server_type: type } = test.call('GET /server_types/{id}', {
      id: 114,
    });
    expect(
      type.locations.map(
        ({ name, available }: { name: string; available: boolean }) => [
          name,
          available,
        ],
      ),
    ).toEqual([
      ['fsn1', true],
      ['nbg1', false],
      ['hel1', true],
    ]);
  });

  it('lists what is retired, which cannot be ordered', () => {
    const typeNamed = (name: string) =>
      test
        .call('GET /server_types', {})
        .server_types.find((type: { name: string }) => type.name === name);
    const retirement = {
      announced: '2025-10-16T00:00:00Z',
      unavailable_after: '2025-12-31T23:59:59Z',
    };
    const place = (type: ReturnType<typeof typeNamed>, location: string) =>
      type.locations.find(({ name }: { name: string }) => name === location);
    const cx22 = typeNamed('cx22');
    expect(cx22).toMatchObject({ deprecation: retirement, prices: [] });
    expect(place(cx22, 'fsn1')).toMatchObject({
      deprecation: retirement,
      available: false,
    });
    const cpx11 = typeNamed('cpx11');
    expect(cpx11.deprecation).toBeNull();
    expect(place(cpx11, 'hel1').deprecation).toEqual(retirement);
    expect(place(cpx11, 'ash')).toMatchObject({
      deprecation: null,
      available: true,
    });
    expect(cpx11.prices).toMatchObject([
      { location: 'ash', included_traffic: 2 ** 40 },
      { location: 'hil' },
    ]);
    const order = (server_type: string, location?: string) =>
      test.code(
        'POST /servers',
        {},
        { name: 'a', server_type, image: 'debian-13', location },
      );
    expect(order('cx22')).toBe('invalid_input');
    expect(order('cx22', 'fsn1')).toBe('invalid_input');
    expect(order('cpx11', 'hel1')).toBe('invalid_input');
    expect(order('cpx11')).toBe('none');
  });

  it('has no two types with one id or name, and known locations only', () => {
    const { server_types: types } = test.call('GET /server_types', {});
    const { locations } = test.call('GET /locations', {});
    expect(locations.map(({ name }: { name: string }) => name)).toEqual([
      'fsn1',
      'nbg1',
      'hel1',
      'ash',
      'hil',
      'sin',
    ]);
    for (const field of ['id', 'name']) {
      const values = types.map((type: Record<string, unknown>) => type[field]);
      expect(new Set(values).size).toBe(values.length);
    }
  });
});
