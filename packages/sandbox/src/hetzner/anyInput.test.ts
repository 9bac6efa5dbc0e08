import fc from 'fast-check';
import { z } from 'zod';
import { CloudUnderTest } from '../testing/cloudUnderTest';
import { ApiError } from './errors';
import type { Operation } from './operation';
import { operations } from './operations';

const keysOf = (schema: z.ZodType | undefined): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

const scalar = fc.constantFrom<unknown>(
  null,
  true,
  0,
  1,
  -1,
  1.5,
  80,
  '',
  'a',
  'ipv4',
  'server',
  'fsn1',
  'cx23',
  'debian-13',
  'lb11',
  'spread',
  'managed',
  'cloud',
  'eu-central',
  '10.0.0.0/8',
  '10.0.1.0/24',
  '127.80.0.1',
  'a.example.com',
  '2001:db8::1',
  '::ffff:1.2.3.4',
  '%',
);

/** What works, by operation; some of it is replaced by other values. */
const samples: Record<string, object> = {
  create_certificate: { type: 'managed', domain_names: ['example.com'] },
  apply_firewall_to_resources: {
    apply_to: [
      { type: 'label_selector', label_selector: { selector: 'role=web' } },
    ],
  },
  remove_firewall_from_resources: {
    remove_from: [
      { type: 'label_selector', label_selector: { selector: 'role=web' } },
    ],
  },
  create_firewall: { rules: [] },
  create_floating_ip: { type: 'ipv4', home_location: 'fsn1' },
  change_floating_ip_dns_ptr: { ip: '127.80.0.2', dns_ptr: 'a.example.com' },
  change_load_balancer_dns_ptr: { ip: '127.80.0.3', dns_ptr: null },
  change_primary_ip_dns_ptr: { ip: '127.80.0.1', dns_ptr: null },
  change_load_balancer_algorithm: { type: 'least_connections' },
  create_load_balancer: { load_balancer_type: 'lb11', location: 'fsn1' },
  add_load_balancer_service: { protocol: 'http', listen_port: 80 },
  update_load_balancer_service: { listen_port: 80 },
  delete_load_balancer_service: { listen_port: 80 },
  add_load_balancer_target: { type: 'ip', ip: { ip: '198.51.100.7' } },
  remove_load_balancer_target: { type: 'ip', ip: { ip: '198.51.100.7' } },
  create_network: { ip_range: '10.0.0.0/16', subnets: [], routes: [] },
  add_network_subnet: { type: 'cloud', network_zone: 'eu-central' },
  delete_network_subnet: { ip_range: '10.0.0.0/24' },
  add_network_route: { destination: '10.9.0.0/24', gateway: '10.0.0.9' },
  delete_network_route: { destination: '10.9.0.0/24', gateway: '10.0.0.9' },
  create_placement_group: { type: 'spread' },
  create_primary_ip: { type: 'ipv6', location: 'fsn1' },
  create_server: { server_type: 'cx23', image: 'debian-13' },
  change_server_type: { server_type: 'cx33' },
  attach_server_iso: { iso: 'netboot.xyz.iso' },
  create_ssh_key: {
    public_key:
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKBJneUFoB/hebEQpxCDzlPq3YU1OQIc+SlBUYQgPc69 x',
  },
  create_volume: { size: 10, location: 'fsn1' },
};

/** Bodies with the keys that an operation knows and values that it may not expect. */
const bodyFor = ({ body, name }: Operation) => {
  const keys = keysOf(body);
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 6, arbitrary: scalar },
      { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 2 }) },
      {
        weight: 1,
        arbitrary: fc.dictionary(
          fc.constantFrom('id', 'ip', 'type', 'server', 'selector', 'ipv4'),
          tie('value'),
          { maxKeys: 3 },
        ),
      },
    ),
  }));
  return keys.length === 0
    ? fc.constant({})
    : fc
        .tuple(
          fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 3 }),
          fc.nat(),
        )
        .map(([others, number]) => ({
          ...(keys.includes('name') && { name: `a${number}` }),
          ...samples[name],
          ...others,
        }));
};

// Deletions would leave nothing to try the others on.
const writes = operations.filter(({ method }) => /^P/.test(method));

describe('whatever a request holds', () => {
  let test: CloudUnderTest;

  beforeAll(() => {
    test = new CloudUnderTest();
    test.change({
      speed: 1000,
      quotas: { servers: 1000, primaryIps: 10_000, loadBalancers: 1000 },
    });
    const server = {
      name: 'a',
      server_type: 'cx23',
      image: 'debian-13',
      location: 'fsn1',
    };
    const place = { name: 'a', location: 'fsn1' };
    const { server: made } = test.call('POST /servers', {}, server);
    test.pass(1);
    test.call('POST /servers/{id}/actions/create_image', { id: made.id }, {});
    test.call('POST /primary_ips', {}, { ...place, type: 'ipv6' });
    test.call('POST /floating_ips', {}, { type: 'ipv4', server: made.id });
    test.call('POST /volumes', {}, { ...place, size: 10 });
    test.call('POST /networks', {}, { name: 'a', ip_range: '10.0.0.0/16' });
    test.call('POST /firewalls', {}, { name: 'a' });
    test.call('POST /placement_groups', {}, { name: 'a', type: 'spread' });
    test.call(
      'POST /load_balancers',
      {},
      { ...place, load_balancer_type: 'lb11' },
    );
    test.call(
      'POST /certificates',
      {},
      { name: 'a', type: 'managed', domain_names: ['example.com'] },
    );
    test.pass(1);
  });
  afterAll(() => test.dispose());

  /** The object of a path's kind that was made first. */
  const idFor = ({ path }: Operation): number => {
    const project = test.cloud.project('test');
    const kinds: Record<string, ReadonlyMap<number, unknown>> = {
      servers: project.servers,
      images: project.images,
      primary_ips: project.primaryIps,
      floating_ips: project.floatingIps,
      volumes: project.volumes,
      networks: project.networks,
      firewalls: project.firewalls,
      placement_groups: project.placementGroups,
      load_balancers: project.loadBalancers,
      certificates: project.certificates,
      ssh_keys: project.sshKeys,
    };
    return [...kinds[path.split('/')[1]].keys()][0] ?? 1;
  };

  it.each(writes)('$name takes it or says what is wrong', operation => {
    const failures: unknown[] = [];
    fc.assert(
      fc.property(bodyFor(operation), body => {
        const id = idFor(operation);
        try {
          operation.answer?.parse(test.call(operation.route, { id }, body));
        } catch (error) {
          if (!(error instanceof ApiError)) failures.push(error);
        }
        test.pass(1);
        return failures.length === 0;
      }),
      { numRuns: 200 },
    );
    expect(failures).toEqual([]);
    expect(test.problems).toEqual([]);
  });
});
