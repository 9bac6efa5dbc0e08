import { z } from 'zod';
import { includesAddress, parseIpv4 } from '../../addresses/ipv4';
import { listOperation } from '../../list';
import { Call, Operation } from '../../operation';
import { found } from '../../reference';
import { Member, membersOf } from './members';
import { Network, storedRange } from './network';

/** `GET /networks/{id}/members`, since 15 September 2026: hcloud-go v2.49 `network.go`. */
const memberAnswer = z.object({
  type: z.enum(['server', 'load_balancer']),
  id: z.int(),
  ip: z.string().nullable(),
  status: z.enum(['ok', 'error', 'attaching', 'detaching', 'updating']),
  alias_ips: z.array(z.string()),
  subnet: z.string().nullable(),
});

function subnetOf(network: Network, { ip }: Member): string | null {
  const address = ip === null ? undefined : parseIpv4(ip);
  const subnet =
    address === undefined
      ? undefined
      : network.subnets.find(candidate =>
          includesAddress(storedRange(candidate), address),
        );
  return subnet?.ipRange ?? null;
}

const networkOf = ({ project, id }: Call) =>
  found(project.networks, 'network', id);

/** What is in a network. */
export const networkMemberOperations: Operation[] = [
  listOperation('GET /networks/{id}/members', {
    key: 'members',
    items(call) {
      const network = networkOf(call);
      return membersOf(call.project, network.id).map(member => ({
        ...member,
        subnet: subnetOf(network, member),
      }));
    },
    view: ({ type, id, ip, status, aliasIps, subnet }) => ({
      type,
      id,
      ip,
      status,
      alias_ips: aliasIps,
      subnet,
    }),
    answer: memberAnswer,
    sort: ['id', 'type', 'status', 'ip'],
    filters: {
      type: ({ type }) => type,
      status: ({ status }) => status,
      subnet: ({ subnet }) => subnet,
    },
  }),
];
