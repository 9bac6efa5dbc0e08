import { z } from 'zod';
import type { StoredAction } from '../../actions/action';
import { running } from '../../actions/runner';
import { parseIpv4 } from '../../addresses/ipv4';
import { errors } from '../../errors';
import type { Project } from '../../project';

/** What the actions that attach something to a network know. */
export const attachArgs = z.object({
  /** Id of the server or load balancer. */
  member: z.int(),
  network: z.int(),
  /** Null: the lowest free address when the action ends. */
  ip: z.string().nullable(),
  /** Null: any subnet. */
  ipRange: z.string().nullable(),
  aliasIps: z.array(z.string()),
});

/** What the actions that detach something from a network know. */
export const detachArgs = z.object({ member: z.int(), network: z.int() });

/** What the action that changes alias addresses knows. */
export const aliasArgs = z.object({
  member: z.int(),
  network: z.int(),
  aliasIps: z.array(z.string()),
});

/** Something in a network, or on its way into it. */
export interface Member {
  type: 'server' | 'load_balancer';
  id: number;
  /** Null while it is attaching without a wish. */
  ip: string | null;
  aliasIps: string[];
  status: 'ok' | 'attaching' | 'detaching' | 'updating';
}

/** Names of the effects that change membership. */
export const ATTACH_SERVER = 'attach_server_to_network';
export const ATTACH_LOAD_BALANCER = 'attach_load_balancer_to_network';
export const DETACH_SERVER = 'detach_server_from_network';
export const DETACH_LOAD_BALANCER = 'detach_load_balancer_from_network';
export const CHANGE_ALIAS_IPS = 'change_alias_ips';

const memberType: Record<string, Member['type']> = {
  [ATTACH_SERVER]: 'server',
  [DETACH_SERVER]: 'server',
  [CHANGE_ALIAS_IPS]: 'server',
  [ATTACH_LOAD_BALANCER]: 'load_balancer',
  [DETACH_LOAD_BALANCER]: 'load_balancer',
};

const statusDuring: Record<string, Member['status']> = {
  [DETACH_SERVER]: 'detaching',
  [DETACH_LOAD_BALANCER]: 'detaching',
  [CHANGE_ALIAS_IPS]: 'updating',
};

/** Everything in a network, and everything that is being attached to it. */
export function membersOf(project: Project, network: number): Member[] {
  const attached = [
    ...[...project.servers.values()].flatMap(({ id, privateNets }) =>
      privateNets.map(net => ({ type: 'server' as const, id, ...net })),
    ),
    ...[...project.loadBalancers.values()].flatMap(({ id, privateNets }) =>
      privateNets.map(net => ({
        type: 'load_balancer' as const,
        id,
        aliasIps: [],
        ...net,
      })),
    ),
  ]
    .filter(member => member.network === network)
    .map(
      ({ type, id, ip, aliasIps }): Member => ({
        type,
        id,
        ip,
        aliasIps,
        status: changeOf(project, network, type, id) ?? 'ok',
      }),
    );
  const attaching = running(project).flatMap((action): Member[] => {
    const args = attachment(action);
    return args?.network === network
      ? [
          {
            type: memberType[action.effect],
            id: args.member,
            ip: args.ip,
            aliasIps: args.aliasIps,
            status: 'attaching',
          },
        ]
      : [];
  });
  return [...attached, ...attaching];
}

function attachment(action: StoredAction) {
  return action.effect === ATTACH_SERVER ||
    action.effect === ATTACH_LOAD_BALANCER
    ? attachArgs.parse(action.args)
    : undefined;
}

function changeOf(
  project: Project,
  network: number,
  type: Member['type'],
  member: number,
) {
  const change = running(project).find(action => {
    if (!statusDuring[action.effect] || memberType[action.effect] !== type) {
      return false;
    }
    const args = detachArgs.parse(action.args);
    return args.network === network && args.member === member;
  });
  return change && statusDuring[change.effect];
}

/** Every address of a network that somebody has or has asked for. */
export function takenAddresses(project: Project, network: number): Set<number> {
  const texts = [
    ...membersOf(project, network).flatMap(({ ip, aliasIps }) => [
      ip,
      ...aliasIps,
    ]),
    ...running(project).flatMap(({ effect, args }) => {
      if (effect !== CHANGE_ALIAS_IPS) return [];
      const change = aliasArgs.parse(args);
      return change.network === network ? change.aliasIps : [];
    }),
  ];
  return new Set(
    texts.flatMap(text => {
      const address = text === null ? undefined : parseIpv4(text);
      return address === undefined ? [] : [address];
    }),
  );
}

/** Changes of one network run one after another. */
export const networkQueue = (network: number) => `network:${network}`;

/** As many changes of one network may run and wait; the next one is refused. */
const MAX_CHANGES = 8;

/**
 * Refuses a change of a network that has too many waiting already.
 *
 * @throws ApiError 409 conflict
 */
export function requireRoomInQueue(project: Project, network: number): void {
  const queue = networkQueue(network);
  const waiting = running(project).filter(action => action.queue === queue);
  if (waiting.length >= MAX_CHANGES) {
    throw errors.conflict('network has changed during request');
  }
}
