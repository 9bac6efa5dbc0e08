import { z } from 'zod';
import { started, startedAnswer } from '../../actions/actionOperations';
import { defineEffect, Effect } from '../../actions/effect';
import { errors } from '../../errors';
import { Operation, operation } from '../../operation';
import type { Route } from '../../operationNames';
import {
  changeableServer,
  holding,
  serverArgs,
  serverOf,
  startEffect,
} from './lifecycle';
import { hasInterface } from './server';

const stop = defineEffect({
  name: 'stop_server',
  command: 'stop_server',
  latency: 'stop_server',
  args: serverArgs,
  begin({ server }, { project }) {
    const target = serverOf(project, server);
    target.shutdown = null;
    if (target.status === 'running') target.status = 'stopping';
  },
  succeed({ server }, { project }) {
    serverOf(project, server).status = 'off';
  },
  fail({ server }, { project }) {
    const target = serverOf(project, server);
    if (target.status === 'stopping') target.status = 'running';
  },
});

/** The guest, which obeys the signal some time after the action that sent it. */
const guestShutdown = defineEffect({
  name: 'guest_shutdown',
  command: 'guest_shutdown',
  latency: 'guest_shutdown',
  args: serverArgs,
  succeed({ server }, { project, action }) {
    const target = project.servers.get(server);
    if (target?.status === 'running' && target.shutdown === action.id) {
      target.status = 'off';
    }
  },
});

const shutdown = defineEffect({
  name: 'shutdown_server',
  command: 'shutdown_server',
  latency: 'shutdown_server',
  args: serverArgs,
  succeed({ server }, { cloud, project }) {
    const guest = cloud.runner.start(
      project,
      guestShutdown,
      { server },
      { resources: [{ type: 'server', id: server }], hidden: true },
    );
    serverOf(project, server).shutdown = guest.id;
  },
});

const restart = (name: 'reboot_server' | 'reset_server') =>
  defineEffect({
    name,
    command: name,
    latency: name,
    args: serverArgs,
    succeed({ server }, { project }) {
      const target = serverOf(project, server);
      target.shutdown = null;
      target.rescueSince = null;
      target.boots += 1;
    },
  });

const power = (
  route: Route,
  effect: Effect<z.infer<typeof serverArgs>>,
): Operation =>
  operation(route, {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const server = changeableServer(call.project, call.id);
      if (effect === startEffect && !hasInterface(server)) {
        throw errors.serviceError('server has no network interface');
      }
      return started(
        call.start(effect, { server: server.id }, holding(server)),
        call,
      );
    },
  });

/** A server's power. */
export const serverPowerOperations: Operation[] = [
  power('POST /servers/{id}/actions/poweron', startEffect),
  power('POST /servers/{id}/actions/poweroff', stop),
  power('POST /servers/{id}/actions/shutdown', shutdown),
  power('POST /servers/{id}/actions/reboot', restart('reboot_server')),
  power('POST /servers/{id}/actions/reset', restart('reset_server')),
];
