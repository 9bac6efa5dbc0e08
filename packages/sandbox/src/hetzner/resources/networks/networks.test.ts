import fc from 'fast-check';
import { CloudUnderTest } from '../../../testing/cloudUnderTest';

const zone = { type: 'cloud', network_zone: 'eu-central' };

describe('networks', () => {
  let test: CloudUnderTest;

  beforeEach(() => {
    test = new CloudUnderTest();
    test.change({ speed: 1000 });
  });
  afterEach(() => test.dispose());

  const create = (more: object = {}) =>
    test.call(
      'POST /networks',
      {},
      { name: 'n', ip_range: '10.0.0.0/16', ...more },
    ).network;
  const get = (id: number) => test.call('GET /networks/{id}', { id }).network;
  const refused = (more: object) =>
    test.refusedFields(
      'POST /networks',
      {},
      { name: 'n', ip_range: '10.0.0.0/16', ...more },
    );
  const act = (action: string, id: number, body: object) => {
    const code = test.code(
      `POST /networks/{id}/actions/${action}` as never,
      { id },
      body,
    );
    test.pass(1);
    return code;
  };

  it('have subnets at once, whose gateway is the first address of the network', () => {
    const network = create({
      subnets: [
        zone,
        { ...zone, ip_range: '10.0.16.0/24' },
        { ...zone, type: 'server' },
      ],
    });
    expect(network.subnets).toEqual(
      ['10.0.0.0/24', '10.0.16.0/24', '10.0.1.0/24'].map(ip_range => ({
        type: 'cloud',
        ip_range,
        network_zone: 'eu-central',
        gateway: '10.0.0.1',
        vswitch_id: null,
      })),
    );
  });

  it('may be one subnet as a whole', () => {
    expect(
      create({ subnets: [{ ...zone, ip_range: '10.0.0.0/16' }] }).subnets,
    ).toHaveLength(1);
  });

  it.each([
    [{ ip_range: '8.8.0.0/16' }, ['ip_range']],
    [{ ip_range: '10.0.0.0/25' }, ['ip_range']],
    [{ ip_range: 'x' }, ['ip_range']],
    [{ name: '' }, ['name']],
    [{ name: ' n' }, ['name']],
    [{ subnets: [{ ...zone, ip_range: '10.1.0.0/24' }] }, ['ip_range']],
    [{ subnets: [{ ...zone, ip_range: '10.0.0.0/31' }] }, ['ip_range']],
    [{ subnets: [{ ...zone, ip_range: 'x' }] }, ['ip_range']],
    [
      {
        subnets: [
          { ...zone, ip_range: '10.0.0.0/24' },
          { ...zone, ip_range: '10.0.0.0/25' },
        ],
      },
      ['ip_range'],
    ],
    [
      { subnets: [zone, { ...zone, network_zone: 'us-east' }] },
      ['network_zone'],
    ],
    [{ subnets: [{ ...zone, network_zone: 'moon' }] }, ['network_zone']],
    [{ subnets: [{ ...zone, type: 'vswitch' }] }, ['service_error']],
    [{ subnets: [{ ...zone, type: 'other' }] }, ['subnets.0.type']],
    [
      { routes: [{ destination: '8.8.8.0/24', gateway: '10.0.0.9' }] },
      ['destination'],
    ],
    [
      { routes: [{ destination: '172.31.0.0/16', gateway: '10.0.0.9' }] },
      ['destination'],
    ],
    [
      { routes: [{ destination: '10.9.0.0/24', gateway: '10.0.0.1' }] },
      ['gateway'],
    ],
    [
      { routes: [{ destination: '10.9.0.0/24', gateway: '10.9.0.1' }] },
      ['gateway'],
    ],
    [
      {
        subnets: [{ ...zone, ip_range: '10.0.9.0/24' }],
        routes: [{ destination: '10.0.9.0/25', gateway: '10.0.0.9' }],
      },
      ['destination'],
    ],
  ])('are not created with %j', (more, fields) => {
    expect(refused(more)).toEqual(fields);
    expect(test.call('GET /networks', {}).networks).toEqual([]);
  });

  it('have names of their own and are limited in number', () => {
    const { id } = create();
    expect(
      test.code('POST /networks', {}, { name: 'n', ip_range: '10.0.0.0/16' }),
    ).toBe('uniqueness_error');
    create({ name: 'm' });
    expect(test.code('PUT /networks/{id}', { id }, { name: 'm' })).toBe(
      'uniqueness_error',
    );
    expect(test.code('PUT /networks/{id}', { id }, { name: 'n' })).toBe('none');
    test.change({ quotas: { networks: 2 } });
    expect(refused({ name: 'o' })).toEqual(['resource_limit_exceeded']);
  });

  it('gain and lose subnets, unless somebody is in them', () => {
    const { id } = create();
    expect(act('add_subnet', id, { ...zone, ip_range: '10.0.1.0/24' })).toBe(
      'none',
    );
    test.call(
      'POST /servers',
      {},
      {
        name: 'a',
        server_type: 'cx23',
        image: 'debian-13',
        location: 'nbg1',
        networks: [id],
      },
    );
    test.pass(1);
    expect(act('delete_subnet', id, { ip_range: '10.0.1.0/24' })).toBe(
      'service_error',
    );
    expect(act('delete_subnet', id, { ip_range: '10.0.2.0/24' })).toBe(
      'invalid_input',
    );
    expect(act('add_subnet', id, { ...zone, ip_range: '10.0.1.0/25' })).toBe(
      'invalid_input',
    );
    expect(act('add_subnet', id, zone)).toBe('none');
    expect(act('delete_subnet', id, { ip_range: '10.0.0.0/24' })).toBe('none');
    expect(
      get(id).subnets.map((subnet: { ip_range: string }) => subnet.ip_range),
    ).toEqual(['10.0.1.0/24']);
  });

  it('do not take one range for two subnets that are added at once', () => {
    const { id } = create();
    const add = (body: object) =>
      test.code(
        'POST /networks/{id}/actions/add_subnet',
        { id },
        { ...zone, ...body },
      );
    expect(add({ ip_range: '10.0.1.0/24' })).toBe('none');
    expect(add({ ip_range: '10.0.1.0/24' })).toBe('invalid_input');
    expect(add({})).toBe('none');
    expect(add({})).toBe('none');
    test.pass(1);
    expect(
      new Set(
        get(id).subnets.map((subnet: { ip_range: string }) => subnet.ip_range),
      ),
    ).toEqual(new Set(['10.0.1.0/24', '10.0.0.0/24', '10.0.2.0/24']));
  });

  it('have at most 50 subnets', () => {
    const { id } = create({ subnets: Array(50).fill(zone) });
    expect(act('add_subnet', id, zone)).toBe('resource_limit_exceeded');
  });

  it('gain and lose routes, the default route among them', () => {
    const { id } = create();
    const everything = { destination: '0.0.0.0/0', gateway: '10.0.1.1' };
    const inner = { destination: '10.99.0.0/16', gateway: '10.0.1.1' };
    expect(act('add_route', id, everything)).toBe('none');
    expect(act('add_route', id, inner)).toBe('none');
    expect(act('add_route', id, everything)).toBe('invalid_input');
    expect(
      act('add_route', id, { ...inner, destination: '10.99.1.0/24' }),
    ).toBe('invalid_input');
    expect(act('delete_route', id, { ...inner, gateway: '10.0.1.2' })).toBe(
      'invalid_input',
    );
    expect(act('delete_route', id, inner)).toBe('none');
    expect(get(id).routes).toEqual([everything]);
  });

  it('can only grow, and forget host bits', () => {
    const { id } = create();
    expect(act('change_ip_range', id, { ip_range: '10.0.0.0/17' })).toBe(
      'invalid_input',
    );
    expect(act('change_ip_range', id, { ip_range: '10.1.0.0/16' })).toBe(
      'invalid_input',
    );
    expect(act('change_ip_range', id, { ip_range: '10.1.2.0/15' })).toBe(
      'none',
    );
    expect(get(id).ip_range).toBe('10.0.0.0/15');
  });

  it('are protected, and let everything go when they end', () => {
    const { id } = create({ subnets: [zone] });
    const { server } = test.call(
      'POST /servers',
      {},
      {
        name: 'a',
        server_type: 'cx23',
        image: 'debian-13',
        location: 'fsn1',
        networks: [id],
      },
    );
    test.pass(1);
    const { load_balancer: lb } = test.call(
      'POST /load_balancers',
      {},
      {
        name: 'lb',
        load_balancer_type: 'lb11',
        location: 'fsn1',
        network: id,
        targets: [
          { type: 'server', server: { id: server.id }, use_private_ip: true },
        ],
      },
    );
    test.pass(1);
    expect(get(id)).toMatchObject({
      servers: [server.id],
      load_balancers: [lb.id],
    });
    expect(act('change_protection', id, { delete: true })).toBe('none');
    expect(test.code('DELETE /networks/{id}', { id })).toBe('protected');
    expect(act('change_protection', id, { delete: false })).toBe('none');
    expect(test.code('DELETE /networks/{id}', { id })).toBe('none');
    expect(
      test.call('GET /servers/{id}', { id: server.id }).server.private_net,
    ).toEqual([]);
    expect(
      test.call('GET /load_balancers/{id}', { id: lb.id }).load_balancer,
    ).toMatchObject({
      private_net: [],
      targets: [],
    });
  });

  it('tell who is in them and who is on the way', () => {
    const { id } = create({ subnets: [{ ...zone, ip_range: '10.0.1.0/24' }] });
    const servers = ['a', 'b'].map(
      name =>
        test.call(
          'POST /servers',
          {},
          {
            name,
            server_type: 'cx23',
            image: 'debian-13',
            location: 'fsn1',
          },
        ).server.id,
    );
    const { load_balancer: lb } = test.call(
      'POST /load_balancers',
      {},
      {
        name: 'lb',
        load_balancer_type: 'lb11',
        location: 'fsn1',
        network: id,
      },
    );
    test.pass(1);
    const attach = 'POST /servers/{id}/actions/attach_to_network';
    test.call(attach, { id: servers[0] }, { network: id, ip: '10.0.1.9' });
    test.call(attach, { id: servers[1] }, { network: id });
    const members = () =>
      test.call('GET /networks/{id}/members', { id }).members;
    const common = { alias_ips: [], subnet: '10.0.1.0/24' };
    const balancer = {
      ...common,
      type: 'load_balancer',
      id: lb.id,
      ip: '10.0.1.1',
      status: 'ok',
    };
    expect(members()).toEqual([
      balancer,
      {
        ...common,
        type: 'server',
        id: servers[0],
        ip: '10.0.1.9',
        status: 'attaching',
      },
      {
        alias_ips: [],
        subnet: null,
        type: 'server',
        id: servers[1],
        ip: null,
        status: 'attaching',
      },
    ]);
    // Nobody is a member before the action has ended.
    expect(get(id).servers).toEqual([]);
    test.pass(1);
    test.call(
      'POST /servers/{id}/actions/detach_from_network',
      { id: servers[1] },
      { network: id },
    );
    expect(members()).toEqual([
      {
        ...common,
        type: 'server',
        id: servers[0],
        ip: '10.0.1.9',
        status: 'ok',
      },
      {
        ...common,
        type: 'server',
        id: servers[1],
        ip: '10.0.1.2',
        status: 'detaching',
      },
      balancer,
    ]);
  });

  it('never give one address to two, whatever comes and goes', () => {
    const { id } = create({ subnets: [{ ...zone, ip_range: '10.0.1.0/28' }] });
    const servers = Array.from(
      { length: 8 },
      (_, index) =>
        test.call(
          'POST /servers',
          {},
          {
            name: `s${index}`,
            server_type: 'cx23',
            image: 'debian-13',
            location: 'fsn1',
          },
        ).server.id,
    );
    test.pass(1);
    const step = fc.record({
      server: fc.nat(7),
      wish: fc.option(fc.integer({ min: 0, max: 16 }), { nil: undefined }),
      leave: fc.boolean(),
      pause: fc.constantFrom(0, 0.001, 1),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), steps => {
        for (const { server, wish, leave, pause } of steps) {
          const action = leave ? 'detach_from_network' : 'attach_to_network';
          test.code(
            `POST /servers/{id}/actions/${action}`,
            { id: servers[server] },
            {
              network: id,
              ...(wish === undefined ? {} : { ip: `10.0.1.${wish}` }),
            },
          );
          test.pass(pause);
          const ips = test
            .call('GET /networks/{id}/members', { id })
            .members.flatMap(({ ip }: { ip: string | null }) => ip ?? []);
          expect(new Set(ips).size).toBe(ips.length);
        }
      }),
      { numRuns: 30 },
    );
  });
});
