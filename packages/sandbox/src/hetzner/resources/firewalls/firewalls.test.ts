import { CloudUnderTest } from '../../../testing/cloudUnderTest';

const ssh = {
  direction: 'in',
  protocol: 'tcp',
  port: '22',
  source_ips: ['203.0.113.7/32'],
};

describe('firewalls', () => {
  let test: CloudUnderTest;

  beforeEach(() => {
    test = new CloudUnderTest();
    test.change({ speed: 1000 });
  });
  afterEach(() => test.dispose());

  const create = (more: object = {}) => {
    const answer = test.call('POST /firewalls', {}, { name: 'fw', ...more });
    test.pass(1);
    return answer;
  };
  const get = (id: number) => test.call('GET /firewalls/{id}', { id }).firewall;
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
  const direct = (id: number) => ({ type: 'server', server: { id } });
  const bySelector = (selector: string) => ({
    type: 'label_selector',
    label_selector: { selector },
  });
  const apply = (id: number, ...apply_to: object[]) =>
    test.code(
      'POST /firewalls/{id}/actions/apply_to_resources',
      { id },
      { apply_to },
    );
  const remove = (id: number, ...remove_from: object[]) =>
    test.code(
      'POST /firewalls/{id}/actions/remove_from_resources',
      { id },
      { remove_from },
    );

  it('answer rules with every field', () => {
    const { firewall, actions } = create({ rules: [ssh] });
    expect(firewall.rules).toEqual([
      { ...ssh, destination_ips: [], description: null },
    ]);
    expect(actions).toMatchObject([{ command: 'set_firewall_rules' }]);
    expect(create({ name: 'empty' }).actions).toEqual([]);
  });

  it.each([
    [{ ...ssh, port: undefined }, 'rules.0.port'],
    [{ ...ssh, port: '0' }, 'rules.0.port'],
    [{ ...ssh, port: '90-80' }, 'rules.0.port'],
    [{ ...ssh, port: '80-70000' }, 'rules.0.port'],
    [{ ...ssh, protocol: 'icmp' }, 'rules.0.port'],
    [{ ...ssh, source_ips: [] }, 'rules.0.source_ips'],
    [{ ...ssh, source_ips: ['10.0.0.1/8'] }, 'rules.0.source_ips.0'],
    [
      { ...ssh, source_ips: Array(101).fill('10.0.0.0/8') },
      'rules.0.source_ips',
    ],
    [{ ...ssh, destination_ips: ['10.0.0.0/8'] }, 'rules.0.destination_ips'],
    [{ ...ssh, direction: 'out' }, 'rules.0.destination_ips'],
    [{ ...ssh, direction: 'up' }, 'rules.0.direction'],
    [{ ...ssh, description: 'x'.repeat(256) }, 'rules.0.description'],
  ])('refuse the rule %j', (rule, field) => {
    expect(
      test.refusedFields('POST /firewalls', {}, { name: 'fw', rules: [rule] }),
    ).toContain(field);
  });

  it.each(['80', '1024-5000', 'any', '65535'])('take the port %p', port => {
    expect(
      test.code(
        'POST /firewalls',
        {},
        { name: 'fw', rules: [{ ...ssh, port }] },
      ),
    ).toBe('none');
  });

  it('have at most 50 rules', () => {
    const rules = Array(51).fill(ssh);
    expect(
      test.refusedFields('POST /firewalls', {}, { name: 'fw', rules }),
    ).toEqual(['rules']);
  });

  it('replace all rules at once and tell where they take effect', () => {
    const id = server();
    const { firewall } = create({ rules: [ssh], apply_to: [direct(id)] });
    const setRules = 'POST /firewalls/{id}/actions/set_rules';
    const { actions } = test.call(setRules, { id: firewall.id }, { rules: [] });
    expect(actions).toMatchObject([
      {
        command: 'set_firewall_rules',
        resources: [{ type: 'firewall', id: firewall.id }],
      },
      {
        command: 'apply_firewall',
        resources: [
          { type: 'server', id },
          { type: 'firewall', id: firewall.id },
        ],
      },
    ]);
    expect(get(firewall.id).rules).toHaveLength(1);
    test.pass(1);
    expect(get(firewall.id).rules).toEqual([]);
  });

  it('are applied to servers and label selectors, and removed again', () => {
    const [a, b] = ['a', 'b'].map(name =>
      server({ name, labels: { role: name } }),
    );
    const { id } = create().firewall;
    expect(apply(id, direct(a), bySelector('role=b'))).toBe('none');
    expect(apply(id, direct(a))).toBe('firewall_already_applied');
    expect(get(id).applied_to).toMatchObject([
      { type: 'server', server: { id: a } },
      { ...bySelector('role=b'), applied_to_resources: [direct(b)] },
    ]);
    test.pass(1);
    expect(remove(id, direct(b))).toBe('firewall_managed_by_label_selector');
    expect(remove(id, bySelector('role=c'))).toBe(
      'firewall_resource_not_found',
    );
    expect(test.code('DELETE /firewalls/{id}', { id })).toBe('resource_in_use');
    expect(remove(id, direct(a), bySelector('role=b'))).toBe('none');
    test.pass(1);
    expect(get(id).applied_to).toEqual([]);
    expect(test.code('DELETE /firewalls/{id}', { id })).toBe('none');
  });

  it('are applied to all or to none', () => {
    const a = server();
    const { id } = create().firewall;
    expect(apply(id, direct(a), direct(42))).toBe(
      'firewall_resource_not_found',
    );
    expect(apply(id, direct(a), direct(a))).toBe('firewall_already_applied');
    expect(get(id).applied_to).toEqual([]);
    expect(apply(id)).toBe('invalid_input');
    expect(apply(id, bySelector('a b'))).toBe('invalid_input');
  });

  it('are not created for what does not exist or is named twice', () => {
    const a = server();
    const wish = (...apply_to: object[]) =>
      test.code('POST /firewalls', {}, { name: 'new', apply_to });
    expect(wish(direct(42))).toBe('firewall_resource_not_found');
    expect(wish(direct(a), direct(a))).toBe('server_already_added');
    expect(wish(direct(a))).toBe('none');
  });

  it('are not for servers without public addresses', () => {
    const a = server({
      public_net: { enable_ipv4: false, enable_ipv6: false },
      start_after_create: false,
    });
    expect(apply(create().firewall.id, direct(a))).toBe(
      'private_net_only_server',
    );
  });

  it('are five on a server at most, with 500 rules in effect', () => {
    const a = server();
    const ids = Array.from(
      { length: 6 },
      (_, index) => create({ name: `f${index}` }).firewall.id,
    );
    expect(ids.map(id => apply(id, direct(a)))).toEqual([
      ...Array(5).fill('none'),
      'resource_limit_exceeded',
    ]);
    const source_ips = Array(100).fill('10.0.0.0/8');
    const b = server({ name: 'b' });
    const heavy = (name: string, count: number) =>
      create({ name, rules: Array(count).fill({ ...ssh, source_ips }) })
        .firewall.id;
    expect(apply(heavy('four', 4), direct(b))).toBe('none');
    expect(apply(heavy('two', 2), direct(b))).toBe('resource_limit_exceeded');
    expect(apply(heavy('one', 1), direct(b))).toBe('none');
  });

  it('have names of their own and are limited in number', () => {
    create();
    expect(test.code('POST /firewalls', {}, { name: 'fw' })).toBe(
      'uniqueness_error',
    );
    test.change({ quotas: { firewalls: 1 } });
    expect(test.code('POST /firewalls', {}, { name: 'other' })).toBe(
      'resource_limit_exceeded',
    );
  });
});
