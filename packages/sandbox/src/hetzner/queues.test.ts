import { CloudUnderTest } from '../testing/cloudUnderTest';

describe('the order of changes', () => {
  let test: CloudUnderTest;

  beforeEach(() => {
    test = new CloudUnderTest();
  });
  afterEach(() => test.dispose());

  const network = () =>
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
      },
    ).network.id;

  const server = (name: string, more = {}) =>
    test.call(
      'POST /servers',
      {},
      {
        name,
        server_type: 'cx23',
        image: 'ubuntu-24.04',
        location: 'fsn1',
        ...more,
      },
    );

  const ATTACH = 'POST /servers/{id}/actions/attach_to_network';
  const attach = (id: number, to: number, more = {}) =>
    test.call(ATTACH, { id }, { network: to, ...more });

  const statusOf = (id: number) =>
    test.call('GET /servers/{id}', { id }).server;

  it('makes one server busy and leaves the others alone', () => {
    const { server: a } = server('a');
    const { server: b } = server('b', { start_after_create: false });
    expect(statusOf(a.id)).toMatchObject({
      status: 'initializing',
      locked: true,
    });
    const power = (id: number) =>
      test.code('POST /servers/{id}/actions/poweroff', { id });
    expect(power(a.id)).toBe('locked');
    expect(test.code('DELETE /servers/{id}', { id: a.id })).toBe('locked');
    while (statusOf(a.id).status === 'initializing') test.pass(0.1);
    expect(statusOf(a.id)).toMatchObject({ status: 'starting', locked: true });
    test.pass(17);
    expect(statusOf(b.id)).toMatchObject({ status: 'off', locked: false });
    expect(power(b.id)).toBe('none');
    expect(statusOf(a.id)).toMatchObject({ status: 'running', locked: false });
    expect(power(a.id)).toBe('none');
  });

  it('attaches servers to a network one after another', () => {
    const to = network();
    const ids = ['a', 'b', 'c', 'd', 'e'].map(
      name => server(name, { start_after_create: false }).server.id,
    );
    test.pass(20);
    const actions = ids.map(id => attach(id, to).action.id);
    const at = test.clock.now();
    test.pass(60);
    const record = test.record.since(0).actions;
    const ends = actions.map(
      id => (record.find(action => action.id === id)!.finishedAt! - at) / 1000,
    );
    for (const [index, end] of ends.entries()) {
      // Each takes 2 to 4 seconds and waits for those before it.
      expect(end).toBeGreaterThanOrEqual(2 * (index + 1));
      expect(end).toBeLessThanOrEqual(4 * (index + 1));
    }
    expect(ids.map(id => statusOf(id).private_net[0].ip)).toEqual([
      '10.0.1.1',
      '10.0.1.2',
      '10.0.1.3',
      '10.0.1.4',
      '10.0.1.5',
    ]);
  });

  it('refuses a change of a network when eight wait', () => {
    const to = network();
    const ids = Array.from(
      { length: 9 },
      (_, index) =>
        server(`s${index}`, { start_after_create: false }).server.id,
    );
    test.pass(20);
    const codes = ids.map(id => test.code(ATTACH, { id }, { network: to }));
    expect(codes).toEqual([...Array(8).fill('none'), 'conflict']);
    expect(test.code('DELETE /networks/{id}', { id: to })).toBe('conflict');
    test.pass(40);
    expect(test.code(ATTACH, { id: ids[8] }, { network: to })).toBe('none');
  });

  it('keeps an address for whoever asked first', () => {
    const to = network();
    const [a, b] = ['a', 'b'].map(
      name => server(name, { start_after_create: false }).server.id,
    );
    test.pass(20);
    attach(a, to, { ip: '10.0.1.254' });
    expect(
      test.code(ATTACH, { id: b }, { network: to, ip: '10.0.1.254' }),
    ).toBe('ip_not_available');
    attach(b, to);
    test.pass(20);
    expect(statusOf(a).private_net[0].ip).toBe('10.0.1.254');
    expect(statusOf(b).private_net[0].ip).toBe('10.0.1.1');
  });

  it('changes a load balancer once at a time', () => {
    const { load_balancer: lb } = test.call(
      'POST /load_balancers',
      {},
      {
        name: 'lb',
        load_balancer_type: 'lb11',
        location: 'fsn1',
      },
    );
    const addService = (port: number) =>
      test.code(
        'POST /load_balancers/{id}/actions/add_service',
        { id: lb.id },
        { protocol: 'tcp', listen_port: port, destination_port: port },
      );
    expect(addService(80)).toBe('conflict');
    test.pass(8);
    expect(addService(80)).toBe('none');
    expect(addService(81)).toBe('conflict');
    test.pass(6);
    expect(addService(81)).toBe('none');
  });

  it('turns a server off some time after its shutdown, unless it was started again', () => {
    const [a, b] = ['a', 'b'].map(name => server(name).server.id);
    test.pass(25);
    for (const id of [a, b]) {
      test.call('POST /servers/{id}/actions/shutdown', { id });
    }
    test.pass(2);
    expect(statusOf(a)).toMatchObject({ status: 'running', locked: false });
    test.call('POST /servers/{id}/actions/poweron', { id: b });
    test.pass(60);
    expect(statusOf(a).status).toBe('off');
    expect(statusOf(b).status).toBe('running');
  });

  it('lets targets become unhealthy after retries times interval', () => {
    const { load_balancer: lb } = test.call(
      'POST /load_balancers',
      {},
      {
        name: 'lb',
        load_balancer_type: 'lb11',
        location: 'fsn1',
        services: [{ protocol: 'http' }],
        targets: [
          { type: 'label_selector', label_selector: { selector: 'role=web' } },
        ],
      },
    );
    test.pass(60);
    server('a', { labels: { role: 'web' } });
    const health = () =>
      test.call('GET /load_balancers/{id}', { id: lb.id }).load_balancer
        .targets[0].targets[0].health_status;
    test.pass(44);
    expect(health()).toEqual([{ listen_port: 80, status: 'unknown' }]);
    test.pass(1);
    const unhealthy = {
      listen_port: 80,
      status: 'unhealthy',
      detail: 'layer4_no_connection',
    };
    expect(health()).toEqual([unhealthy]);
    test.call(
      'POST /load_balancers/{id}/actions/update_service',
      { id: lb.id },
      {
        listen_port: 80,
        destination_port: 8080,
      },
    );
    test.pass(6);
    expect(health()).toEqual([{ listen_port: 80, status: 'unknown' }]);
  });

  it('applies a firewall to a server that begins to match after a few seconds', () => {
    const { firewall } = test.call(
      'POST /firewalls',
      {},
      {
        name: 'fw',
        apply_to: [
          { type: 'label_selector', label_selector: { selector: 'role=web' } },
        ],
      },
    );
    const { server: a } = server('a');
    test.pass(25);
    const states = () => statusOf(a.id).public_net.firewalls;
    expect(states()).toEqual([]);
    test.call('PUT /servers/{id}', { id: a.id }, { labels: { role: 'web' } });
    expect(states()).toEqual([{ id: firewall.id, status: 'pending' }]);
    test.pass(3);
    expect(states()).toEqual([{ id: firewall.id, status: 'applied' }]);
    test.call('PUT /servers/{id}', { id: a.id }, { labels: {} });
    expect(states()).toEqual([]);
  });
});
