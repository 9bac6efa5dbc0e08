import { z } from 'zod';
import { actionAnswer } from '../../actions/action';
import {
  resourceActionOperations,
  started,
  startedAnswer,
} from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { requireUnlocked } from '../../actions/runner';
import { publicIpv6 } from '../../addresses/publicAddresses';
import { findLocation } from '../../catalogue/locations';
import { errors } from '../../errors';
import { labels } from '../../labels';
import { getOperation, listOperation } from '../../list';
import { freeName, requireUniqueName } from '../../nameRules';
import { Call, CallContext, Operation, operation } from '../../operation';
import type { Project } from '../../project';
import { deleteProtectionChange, requireDeletable } from '../../protection';
import { requireQuota } from '../../quota';
import { found, id, idOrName, invalidField } from '../../reference';
import { addressWith, reverseDnsBody, setReverseDns } from '../../reverseDns';
import { FloatingIp, floatingIpAnswer, floatingIpView } from './floatingIp';

const NAME_TAKEN = 'name is already used';

const floatingIpOf = (project: Project, wanted: number): FloatingIp =>
  found(project.floatingIps, 'floating_ip', wanted);

/** @throws ApiError 404, or 423 while an action holds it */
function changeable(project: Project, wanted: number): FloatingIp {
  const floatingIp = floatingIpOf(project, wanted);
  requireUnlocked(project, 'floating_ip', wanted);
  return floatingIp;
}

const floatingIpArgs = z.object({ floatingIp: z.int() });

const setServer = (name: 'assign_floating_ip' | 'unassign_floating_ip') =>
  defineEffect({
    name,
    command: name,
    latency: name,
    args: floatingIpArgs.extend({ server: z.int().nullable() }),
    succeed({ floatingIp, server }, { project }) {
      if (server !== null) found(project.servers, 'server', server);
      floatingIpOf(project, floatingIp).server = server;
    },
  });

const assign = setServer('assign_floating_ip');
const unassign = setServer('unassign_floating_ip');

const changeProtection = defineEffect({
  name: 'change_floating_ip_protection',
  command: 'change_protection',
  latency: 'change_protection',
  args: floatingIpArgs.extend({ delete: z.boolean() }),
  succeed({ floatingIp, delete: on }, { project }) {
    floatingIpOf(project, floatingIp).protection = { delete: on };
  },
});

const changeReverseDns = defineEffect({
  name: 'change_floating_ip_dns_ptr',
  command: 'change_dns_ptr',
  latency: 'change_dns_ptr',
  args: floatingIpArgs.extend({ ip: z.string(), name: z.string().nullable() }),
  succeed({ floatingIp, ip, name }, { project }) {
    setReverseDns(floatingIpOf(project, floatingIp), ip, name);
  },
});

const holding = (floatingIp: number, server?: number) => {
  const own = { type: 'floating_ip', id: floatingIp };
  return {
    resources:
      server === undefined ? [own] : [own, { type: 'server', id: server }],
    locks: [own],
  };
};

const startAssigning = (
  call: CallContext,
  floatingIp: FloatingIp,
  server: number,
) =>
  call.start(
    assign,
    { floatingIp: floatingIp.id, server },
    holding(floatingIp.id, server),
  );

const createBody = z.object({
  type: z.enum(['ipv4', 'ipv6']),
  server: id.nullish(),
  home_location: idOrName.nullish(),
  description: z.string().nullish(),
  name: freeName.nullish(),
  labels: labels.nullish().transform(value => value ?? {}),
});

/** Where a new floating IP is at home: as asked, or where its server is. */
function homeOf({ project, body }: Call<z.infer<typeof createBody>>): string {
  const server = body.server
    ? found(project.servers, 'server', body.server)
    : undefined;
  if (!body.home_location) {
    if (server) return server.location;
    throw invalidField(
      'home_location',
      'either home_location or server is required',
    );
  }
  const home = findLocation(body.home_location);
  if (!home) {
    throw invalidField(
      'home_location',
      `location '${body.home_location}' not found`,
    );
  }
  return home.name;
}

/** Floating IPs. */
export const floatingIpOperations: Operation[] = [
  operation('POST /floating_ips', {
    status: 201,
    body: createBody,
    answer: z.object({
      floating_ip: floatingIpAnswer,
      action: actionAnswer.optional(),
    }),
    handle(call) {
      const { cloud, project, now, body } = call;
      const homeLocation = homeOf(call);
      if (body.name)
        requireUniqueName(project.floatingIps, body.name, NAME_TAKEN);
      requireQuota(call, 'floatingIps', project.floatingIps.size);
      const newId = cloud.newId();
      const floatingIp: FloatingIp = {
        id: newId,
        name: body.name ?? `floating_ip-${newId}`,
        description: body.description ?? '',
        type: body.type,
        ip:
          body.type === 'ipv4'
            ? cloud.newPublicIpv4()
            : publicIpv6(newId, '/64'),
        homeLocation,
        server: null,
        labels: body.labels,
        protection: { delete: false },
        reverseDns: {},
        created: now,
      };
      project.floatingIps.set(newId, floatingIp);
      return {
        ...(body.server &&
          started(startAssigning(call, floatingIp, body.server), call)),
        floating_ip: floatingIpView(floatingIp),
      };
    },
  }),
  listOperation('GET /floating_ips', {
    key: 'floating_ips',
    items: ({ project }) => project.floatingIps.values(),
    view: floatingIpView,
    answer: floatingIpAnswer,
    sort: ['id', 'created'],
  }),
  getOperation('GET /floating_ips/{id}', {
    key: 'floating_ip',
    find: call => call.project.floatingIps.get(call.id),
    view: floatingIpView,
    answer: floatingIpAnswer,
  }),
  operation('PUT /floating_ips/{id}', {
    status: 200,
    body: z.object({
      name: freeName.optional(),
      description: z.string().nullish(),
      labels: labels.optional(),
    }),
    answer: z.object({ floating_ip: floatingIpAnswer }),
    handle({ project, id: wanted, body }) {
      const floatingIp = floatingIpOf(project, wanted);
      if (body.name !== undefined) {
        requireUniqueName(project.floatingIps, body.name, NAME_TAKEN, wanted);
        floatingIp.name = body.name;
      }
      floatingIp.description = body.description ?? floatingIp.description;
      floatingIp.labels = body.labels ?? floatingIp.labels;
      return { floating_ip: floatingIpView(floatingIp) };
    },
  }),
  operation('DELETE /floating_ips/{id}', {
    status: 204,
    handle({ project, id: wanted }) {
      requireDeletable('Floating IP', floatingIpOf(project, wanted));
      const floatingIp = changeable(project, wanted);
      if (floatingIp.server !== null) throw errors.mustBeUnassigned();
      project.floatingIps.delete(wanted);
    },
  }),
  operation('POST /floating_ips/{id}/actions/assign', {
    status: 201,
    body: z.object({ server: id }),
    answer: startedAnswer,
    handle(call) {
      const { project, body } = call;
      const floatingIp = changeable(project, call.id);
      found(project.servers, 'server', body.server);
      if (floatingIp.server !== null) throw errors.floatingIpAssigned();
      return started(startAssigning(call, floatingIp, body.server), call);
    },
  }),
  operation('POST /floating_ips/{id}/actions/unassign', {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const { id: own, server } = changeable(call.project, call.id);
      if (server === null) {
        throw errors.serviceError('floating IP is not assigned');
      }
      const args = { floatingIp: own, server: null };
      return started(call.start(unassign, args, holding(own, server)), call);
    },
  }),
  operation('POST /floating_ips/{id}/actions/change_protection', {
    status: 201,
    body: deleteProtectionChange,
    answer: startedAnswer,
    handle(call) {
      const { id: own, protection } = changeable(call.project, call.id);
      const on = call.body.delete ?? protection.delete;
      const args = { floatingIp: own, delete: on };
      return started(call.start(changeProtection, args, holding(own)), call);
    },
  }),
  operation('POST /floating_ips/{id}/actions/change_dns_ptr', {
    status: 201,
    body: reverseDnsBody,
    answer: startedAnswer,
    handle(call) {
      const { ip, dns_ptr: name = null } = call.body;
      const floatingIp = changeable(call.project, call.id);
      addressWith([floatingIp], ip);
      const args = { floatingIp: floatingIp.id, ip, name };
      return started(
        call.start(changeReverseDns, args, holding(floatingIp.id)),
        call,
      );
    },
  }),
  ...resourceActionOperations(
    'floating_ips',
    'floating_ip',
    ({ project }) => project.floatingIps,
  ),
];
