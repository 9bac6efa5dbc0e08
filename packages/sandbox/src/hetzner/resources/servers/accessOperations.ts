import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { actionAnswer } from '../../actions/action';
import { started, startedAnswer } from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { findIso } from '../../catalogue/isos';
import { serverTypeNamed } from '../../catalogue/serverTypes';
import { errors } from '../../errors';
import { Operation, operation } from '../../operation';
import { found, id, idOrName, invalidField } from '../../reference';
import { listOf } from '../../requestFields';
import { addressWith, reverseDnsBody, setReverseDns } from '../../reverseDns';
import { primaryIpsOf } from '../primaryIps/primaryIp';
import { changeableServer, holding, serverArgs, serverOf } from './lifecycle';
import { rootPassword } from './password';
import { isRescueEnabled } from './server';

const enableRescue = defineEffect({
  name: 'enable_rescue',
  command: 'enable_rescue',
  latency: 'enable_rescue',
  args: serverArgs,
  succeed({ server }, { project, now }) {
    serverOf(project, server).rescueSince = now;
  },
});

const disableRescue = defineEffect({
  name: 'disable_rescue',
  command: 'disable_rescue',
  latency: 'disable_rescue',
  args: serverArgs,
  succeed({ server }, { project }) {
    serverOf(project, server).rescueSince = null;
  },
});

const setIso = (name: 'attach_iso' | 'detach_iso') =>
  defineEffect({
    name,
    command: name,
    latency: name,
    args: serverArgs.extend({ iso: z.int().nullable() }),
    succeed({ server, iso }, { project }) {
      serverOf(project, server).iso = iso;
    },
  });

const attachIso = setIso('attach_iso');
const detachIso = setIso('detach_iso');

/** Something that only hands out a secret, which is told once and kept nowhere. */
const handOut = (name: 'reset_password' | 'request_console') =>
  defineEffect({
    name,
    command: name,
    latency: name,
    args: serverArgs,
    succeed({ server }, { project }) {
      serverOf(project, server);
    },
  });

const resetPassword = handOut('reset_password');
const requestConsole = handOut('request_console');

const changeReverseDns = defineEffect({
  name: 'change_server_dns_ptr',
  command: 'change_dns_ptr',
  latency: 'change_dns_ptr',
  args: serverArgs.extend({ ip: z.string(), name: z.string().nullable() }),
  succeed({ server, ip, name }, { project }) {
    const addresses = primaryIpsOf(project, serverOf(project, server));
    setReverseDns(addressWith(addresses, ip), ip, name);
  },
});

const withPassword = z.object({
  root_password: z.string(),
  action: actionAnswer,
});

/** Ways into a server: rescue system, ISO, password, console, reverse name. */
export const serverAccessOperations: Operation[] = [
  operation('POST /servers/{id}/actions/enable_rescue', {
    status: 201,
    body: z.object({
      type: z.literal('linux64').nullish(),
      ssh_keys: listOf(id),
    }),
    answer: withPassword,
    handle(call) {
      const { project, body } = call;
      const server = changeableServer(project, call.id);
      for (const key of body.ssh_keys) found(project.sshKeys, 'ssh_key', key);
      if (isRescueEnabled(server, call.now, call.cloud.settings.speed)) {
        throw errors.serviceError('rescue system is already enabled');
      }
      const args = { server: server.id };
      return {
        root_password: rootPassword(),
        ...started(call.start(enableRescue, args, holding(server)), call),
      };
    },
  }),
  operation('POST /servers/{id}/actions/disable_rescue', {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const server = changeableServer(call.project, call.id);
      const args = { server: server.id };
      return started(call.start(disableRescue, args, holding(server)), call);
    },
  }),
  operation('POST /servers/{id}/actions/attach_iso', {
    status: 201,
    body: z.object({ iso: idOrName }),
    answer: startedAnswer,
    handle(call) {
      const server = changeableServer(call.project, call.id);
      const iso = findIso(call.body.iso);
      if (!iso) throw errors.notFound('iso', call.body.iso);
      const { architecture } = serverTypeNamed(server.serverType);
      if (iso.architecture !== null && iso.architecture !== architecture) {
        throw invalidField(
          'iso',
          `has architecture ${iso.architecture}, the server ${architecture}`,
        );
      }
      const args = { server: server.id, iso: iso.id };
      return started(call.start(attachIso, args, holding(server)), call);
    },
  }),
  operation('POST /servers/{id}/actions/detach_iso', {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const server = changeableServer(call.project, call.id);
      const args = { server: server.id, iso: null };
      const action = call.start(detachIso, args, holding(server));
      // Without an ISO there is nothing to wait for.
      if (server.iso === null) {
        call.cloud.runner.endNow(action.id, action.fault);
      }
      return started(action, call);
    },
  }),
  operation('POST /servers/{id}/actions/reset_password', {
    status: 201,
    answer: withPassword,
    handle(call) {
      const server = changeableServer(call.project, call.id);
      if (server.status !== 'running') {
        throw errors.serviceError('server is not running');
      }
      const args = { server: server.id };
      return {
        root_password: rootPassword(),
        ...started(call.start(resetPassword, args, holding(server)), call),
      };
    },
  }),
  operation('POST /servers/{id}/actions/request_console', {
    status: 201,
    answer: z.object({
      wss_url: z.string(),
      password: z.string(),
      action: actionAnswer,
    }),
    handle(call) {
      const server = changeableServer(call.project, call.id);
      const args = { server: server.id };
      const token = randomBytes(16).toString('hex');
      return {
        // Nothing listens there: the sandbox has no machines.
        wss_url: `wss://console.invalid/?server_id=${server.id}&token=${token}`,
        password: rootPassword(),
        ...started(call.start(requestConsole, args, holding(server)), call),
      };
    },
  }),
  operation('POST /servers/{id}/actions/change_dns_ptr', {
    status: 201,
    body: reverseDnsBody,
    answer: startedAnswer,
    handle(call) {
      const { ip, dns_ptr: name = null } = call.body;
      const server = changeableServer(call.project, call.id);
      addressWith(primaryIpsOf(call.project, server), ip);
      const args = { server: server.id, ip, name };
      return started(call.start(changeReverseDns, args, holding(server)), call);
    },
  }),
];
