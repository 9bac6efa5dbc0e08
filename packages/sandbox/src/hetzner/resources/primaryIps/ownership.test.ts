import fc from 'fast-check';
import { CloudUnderTest } from '../../../testing/cloudUnderTest';
import type { Route } from '../../operationNames';

type Step = [what: string, first: number, second: number];

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom(
    'create',
    'createFor',
    'server',
    'serverWith',
    'balancer',
    'balancerWith',
    'assign',
    'unassign',
    'deleteServer',
    'deleteBalancer',
    'delete',
  ),
  // Few objects, so that steps meet each other.
  fc.nat(2),
  fc.nat(3),
);

const NOWHERE = 1;

/** Does one step with what there is; refusals are as good as success. */
function perform(
  test: CloudUnderTest,
  [what, first, second]: Step,
  name: string,
) {
  const { servers, loadBalancers, primaryIps } = test.cloud.project('test');
  const pick = (of: ReadonlyMap<number, unknown>, index: number) =>
    [...of.keys()].at(-1 - index) ?? NOWHERE;
  const server = pick(servers, first);
  const balancer = pick(loadBalancers, first);
  const ip = pick(primaryIps, second);
  // Mostly of one kind, so that they are in each other's way.
  const type = second === 3 ? 'ipv6' : 'ipv4';
  const own = primaryIps.get(ip)?.type ?? 'ipv4';
  const bare = {
    name,
    server_type: 'cx23',
    image: 'debian-13',
    location: 'fsn1',
    start_after_create: false,
  };
  const front = { name, load_balancer_type: 'lb11', location: 'fsn1' };
  const address = { name, type, auto_delete: first % 2 === 0 };
  const calls: Record<string, [Route, { id?: number }, object]> = {
    create: ['POST /primary_ips', {}, { ...address, location: 'fsn1' }],
    createFor: ['POST /primary_ips', {}, { ...address, assignee_id: server }],
    server: [
      'POST /servers',
      {},
      { ...bare, public_net: { [`enable_${type}`]: false } },
    ],
    serverWith: ['POST /servers', {}, { ...bare, public_net: { [own]: ip } }],
    balancer: ['POST /load_balancers', {}, front],
    balancerWith: [
      'POST /load_balancers',
      {},
      { ...front, public_net: { [own]: ip } },
    ],
    assign: [
      'POST /primary_ips/{id}/actions/assign',
      { id: ip },
      { assignee_type: 'server', assignee_id: server },
    ],
    unassign: ['POST /primary_ips/{id}/actions/unassign', { id: ip }, {}],
    deleteServer: ['DELETE /servers/{id}', { id: server }, {}],
    deleteBalancer: ['DELETE /load_balancers/{id}', { id: balancer }, {}],
    delete: ['DELETE /primary_ips/{id}', { id: ip }, {}],
  };
  test.code(...calls[what]);
}

describe('primary IPs', () => {
  it('have one owner at most, and every owner’s exist, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 40 }),
        async steps => {
          const test = new CloudUnderTest();
          test.change({ speed: 1000, noiseSeed: steps.length });
          for (const [index, each] of steps.entries()) {
            perform(test, each, `n${index}`);
            // Some actions are still running when the next step comes.
            if (index % 2) test.pass(1);
          }
          test.pass(1);
          const { servers, loadBalancers, primaryIps } =
            test.cloud.project('test');
          const owned = [
            ...servers.values(),
            ...loadBalancers.values(),
          ].flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].filter(id => id !== null));
          const addresses = [...primaryIps.values()].map(({ ip }) => ip);
          const { problems } = test;
          await test.dispose();
          expect(new Set(owned).size).toBe(owned.length);
          expect(owned.filter(id => !primaryIps.has(id))).toEqual([]);
          expect(new Set(addresses).size).toBe(addresses.length);
          expect(problems).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
