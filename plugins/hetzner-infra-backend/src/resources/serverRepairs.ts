import {
  note,
  type ServerState,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  CloudError,
  hetznerCodes,
  isCode,
  type Action,
  type Server,
} from '../clouds/hetzner';
import { sleep, systemClock } from '../clouds/clock';
import { patiently } from './patience';
import type { Repair, RepairWork } from './putRight';
import type { ChangeContext } from './ResourceDriver';

/** A server that is at rest, and what it shall become. */
export interface ServerWork extends RepairWork<'server'> {
  server: Server;
  context: ChangeContext;
}

type ServerRepair = Repair<ServerWork>['repair'];

/** How long a shutdown may take until the power is cut. */
const SHUTDOWN_SECONDS = 60;
/** The longest pause between two looks whether it is off. */
const SHUTDOWN_POLL_SECONDS = 5;

const pathOf = ({ server }: ServerWork) => ({ id: server.id });

async function done(
  { context, onProgress }: ServerWork,
  actions: readonly Action[],
): Promise<void> {
  const { cloud, signal } = context;
  await cloud.waitFor(actions, { signal, onProgress });
}

/** Runs a call whose effect may be there already, which these codes say. */
async function unlessThere(
  codes: readonly string[],
  change: () => Promise<void>,
): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!isCode(error, ...codes)) throw error;
  }
}

/** New firewalls first, so that the server is never without one. */
const setFirewalls: ServerRepair = async work => {
  const { server, node, context } = work;
  const { cloud, known, signal } = context;
  const wanted = node.desired.firewalls.map(key => known.idOf('firewall', key));
  const found = (server.public_net.firewalls ?? []).map(({ id }) => id!);
  const resource = { type: 'server' as const, server: { id: server.id } };
  for (const id of wanted.filter(each => !found.includes(each))) {
    await unlessThere([hetznerCodes.firewallAlreadyApplied], async () => {
      const { actions } = await cloud.post(
        '/firewalls/{id}/actions/apply_to_resources',
        { path: { id }, body: { apply_to: [resource] }, signal },
      );
      await done(work, actions);
    });
  }
  for (const id of found.filter(each => !wanted.includes(each))) {
    await unlessThere([hetznerCodes.firewallResourceNotFound], async () => {
      const { actions } = await cloud.post(
        '/firewalls/{id}/actions/remove_from_resources',
        { path: { id }, body: { remove_from: [resource] }, signal },
      );
      await done(work, actions);
    });
  }
};

/** An address can still be taken for a moment after the server that had it is gone, and the network be busy. */
const ATTACH_LATER = [
  hetznerCodes.conflict,
  hetznerCodes.ipNotAvailable,
  hetznerCodes.noSubnetAvailable,
];

/**
 * Waits until the change that a network makes last has ended, however it does.
 * A network takes few changes while others wait in its queue, and each server
 * that is created in it stands there too.
 */
async function queueEnded(
  network: number,
  { cloud, signal }: ChangeContext,
): Promise<void> {
  const { actions } = await cloud.get('/networks/{id}/actions', {
    path: { id: network },
    query: { status: ['running'], sort: ['id:desc'], per_page: 1 },
    signal,
  });
  try {
    await cloud.waitFor(actions, { signal, ofOthers: true });
  } catch (error) {
    if (!(error instanceof CloudError) || !error.action) throw error;
  }
}

const attach: ServerRepair = async work => {
  const { node, context } = work;
  const { cloud, known, signal, log } = context;
  const { network, privateIp } = node.desired;
  if (network === null) return;
  const networkId = known.idOf('network', network);
  const body = {
    network: networkId,
    ...(privateIp ? { ip: privateIp } : {}),
  };
  await unlessThere([hetznerCodes.serverAlreadyAttached], () =>
    patiently(
      async () => {
        try {
          const { action } = await cloud.post(
            '/servers/{id}/actions/attach_to_network',
            {
              path: pathOf(work),
              body,
              signal,
              tellAtOnce: [hetznerCodes.conflict],
            },
          );
          await done(work, [action]);
        } catch (error) {
          if (isCode(error, hetznerCodes.conflict)) {
            await queueEnded(networkId, context);
          }
          throw error;
        }
      },
      ATTACH_LATER,
      context,
    ),
  );
  log(
    privateIp
      ? note(
          'attached-as',
          { address: privateIp },
          `Attached to the network as ${privateIp}.`,
        )
      : note('attached', {}, 'Attached to the network.'),
  );
};

const turnOn: ServerRepair = async work => {
  const { cloud, signal } = work.context;
  const { action } = await cloud.post('/servers/{id}/actions/poweron', {
    path: pathOf(work),
    signal,
  });
  await done(work, [action]);
};

/** Shuts down as the operating system wants it; cuts the power when that takes too long. */
const turnOff: ServerRepair = async work => {
  const { cloud, signal, log } = work.context;
  const path = pathOf(work);
  const isOff = async () => {
    const { server } = await cloud.get('/servers/{id}', { path, signal });
    return server.status === 'off';
  };
  if (work.server.status === 'off') return;
  const { action } = await cloud.post('/servers/{id}/actions/shutdown', {
    path,
    signal,
  });
  // Its success only says that the signal was sent (Hetzner Cloud API, Servers: shutdown).
  await done(work, [action]);
  for (let waited = 0; waited < SHUTDOWN_SECONDS; ) {
    if (await isOff()) return;
    const pause = Math.min(SHUTDOWN_POLL_SECONDS, waited + 1);
    await sleep(systemClock, pause, signal);
    waited += pause;
  }
  log(
    note(
      'power-cut',
      { seconds: SHUTDOWN_SECONDS },
      `Not off after ${SHUTDOWN_SECONDS} s: cutting its power.`,
    ),
  );
  const off = await cloud.post('/servers/{id}/actions/poweroff', {
    path,
    signal,
  });
  await done(work, [off.action]);
};

/** The disk stays as it is, so that the server can become smaller again. Leaves the server off. */
const changeType: ServerRepair = async work => {
  const { node, context } = work;
  const { cloud, signal, log } = context;
  await turnOff(work);
  try {
    const { action } = await cloud.post('/servers/{id}/actions/change_type', {
      path: pathOf(work),
      body: { server_type: node.desired.serverType, upgrade_disk: false },
      signal,
    });
    await done(work, [action]);
  } catch (error) {
    // A server that cannot become larger shall at least run as it was.
    if (node.desired.power === 'on' && !signal.aborted) {
      await turnOn(work).catch(reason =>
        log(
          note(
            'not-on',
            { reason: reason.message },
            `Could not turn it on again either. ${reason.message}`,
          ),
        ),
      );
    }
    throw error;
  }
};

const setPower: ServerRepair = work =>
  work.node.desired.power === 'on' ? turnOn(work) : turnOff(work);

/** Both kinds of protection must have the same value (Hetzner Cloud API, Servers: change protection). */
const setProtection: ServerRepair = async work => {
  const { cloud, signal } = work.context;
  const { protected: on } = work.node.desired;
  const { action } = await cloud.post(
    '/servers/{id}/actions/change_protection',
    { path: pathOf(work), body: { delete: on, rebuild: on }, signal },
  );
  await done(work, [action]);
};

/**
 * What is put right on a server that differs in these fields, in this order:
 * behind its firewalls before it is reachable, in its network before it boots,
 * its type while it is off, then its power, which a change of type takes away,
 * and protection when nothing is left that it could forbid.
 */
export const serverRepairs: readonly (Repair<ServerWork> & {
  fields: readonly (keyof ServerState)[];
})[] = [
  { fields: ['firewalls'], repair: setFirewalls },
  { fields: ['network'], repair: attach },
  { fields: ['serverType'], repair: changeType },
  { fields: ['power', 'serverType'], repair: setPower },
  { fields: ['protected'], repair: setProtection },
];
