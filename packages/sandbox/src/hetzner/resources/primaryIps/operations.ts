import { z } from 'zod';
import { actionAnswer } from '../../actions/action';
import {
  resourceActionOperations,
  started,
  startedAnswer,
} from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { isLocked } from '../../actions/runner';
import { findLocation } from '../../catalogue/locations';
import { errors } from '../../errors';
import { labels } from '../../labels';
import { getOperation, listOperation } from '../../list';
import { freeName, requireUniqueName } from '../../nameRules';
import { Call, Operation, operation } from '../../operation';
import type { Project } from '../../project';
import { deleteProtectionChange, requireDeletable } from '../../protection';
import { requireQuota } from '../../quota';
import { found, id, idOrName, invalidField } from '../../reference';
import { flag } from '../../requestFields';
import { addressWith, reverseDnsBody, setReverseDns } from '../../reverseDns';
import {
  receivingServer,
  startAssigning,
  startUnassigning,
} from './assignment';
import {
  addPrimaryIp,
  assigneeOf,
  countedPrimaryIps,
  PrimaryIp,
  primaryIpAnswer,
  primaryIpView,
} from './primaryIp';

const NAME_TAKEN = 'name is already used';

const primaryIpOf = (project: Project, wanted: number) =>
  found(project.primaryIps, 'primary_ip', wanted);

/**
 * The primary IP of a request that wants to change it.
 *
 * @throws ApiError 404, or 409 conflict while another change is made
 */
function changeablePrimaryIp(project: Project, wanted: number): PrimaryIp {
  const primaryIp = primaryIpOf(project, wanted);
  if (isLocked(project, 'primary_ip', wanted)) {
    throw errors.conflict('primary IP has changed during request');
  }
  return primaryIp;
}

const holding = (primaryIp: number) => {
  const reference = { type: 'primary_ip', id: primaryIp };
  return { resources: [reference], locks: [reference] };
};

const primaryIpArgs = z.object({ primaryIp: z.int() });

const changeProtection = defineEffect({
  name: 'change_primary_ip_protection',
  command: 'change_protection',
  latency: 'change_protection',
  args: primaryIpArgs.extend({ delete: z.boolean() }),
  succeed({ primaryIp, delete: on }, { project }) {
    primaryIpOf(project, primaryIp).protection = { delete: on };
  },
});

const changeReverseDns = defineEffect({
  name: 'change_primary_ip_dns_ptr',
  command: 'change_dns_ptr',
  latency: 'change_dns_ptr',
  args: primaryIpArgs.extend({ ip: z.string(), name: z.string().nullable() }),
  succeed({ primaryIp, ip, name }, { project }) {
    setReverseDns(primaryIpOf(project, primaryIp), ip, name);
  },
});

/** Only servers can be named: load balancers get theirs when they are created. */
const assigneeBody = z.object({
  assignee_type: z.literal('server'),
  assignee_id: id,
});

const createBody = z.object({
  name: freeName,
  type: z.enum(['ipv4', 'ipv6']),
  labels: labels.nullish().transform(value => value ?? {}),
  location: idOrName.nullish(),
  assignee_type: z.enum(['server', 'unassigned']).nullish(),
  assignee_id: id.nullish(),
  auto_delete: flag(false),
});

/** Where a new primary IP is to be, and the server that is to have it. */
function placeOf({ project, body }: Call<z.infer<typeof createBody>>) {
  if (Boolean(body.location) === Boolean(body.assignee_id)) {
    throw invalidField(
      'location',
      'either location or assignee_id is required',
    );
  }
  if (body.assignee_id) {
    const server = receivingServer(project, body.assignee_id, body.type);
    return { server, location: server.location };
  }
  const location = findLocation(body.location ?? '');
  if (!location) {
    throw invalidField('location', `location '${body.location}' not found`);
  }
  return { server: undefined, location: location.name };
}

/** Primary IPs. */
export const primaryIpOperations: Operation[] = [
  operation('POST /primary_ips', {
    status: 201,
    body: createBody,
    answer: z.object({
      primary_ip: primaryIpAnswer,
      action: actionAnswer.optional(),
    }),
    handle(call) {
      const { project, body } = call;
      const { server, location } = placeOf(call);
      requireUniqueName(project.primaryIps, body.name, NAME_TAKEN);
      requireQuota(call, 'primaryIps', countedPrimaryIps(project));
      const primaryIp = addPrimaryIp(call, {
        name: body.name,
        type: body.type,
        location,
        labels: body.labels,
        autoDelete: body.auto_delete,
      });
      return {
        ...(server && started(startAssigning(call, primaryIp, server), call)),
        primary_ip: primaryIpView(primaryIp, call),
      };
    },
  }),
  listOperation('GET /primary_ips', {
    key: 'primary_ips',
    items: ({ project }) => project.primaryIps.values(),
    view: primaryIpView,
    answer: primaryIpAnswer,
    sort: ['id', 'created'],
    filters: { ip: ({ ip }) => ip },
  }),
  getOperation('GET /primary_ips/{id}', {
    key: 'primary_ip',
    find: call => call.project.primaryIps.get(call.id),
    view: primaryIpView,
    answer: primaryIpAnswer,
  }),
  operation('PUT /primary_ips/{id}', {
    status: 200,
    body: z.object({
      name: freeName.optional(),
      labels: labels.optional(),
      auto_delete: z.boolean().optional(),
    }),
    answer: z.object({ primary_ip: primaryIpAnswer }),
    handle(call) {
      const { project, body } = call;
      const primaryIp = changeablePrimaryIp(project, call.id);
      if (body.auto_delete && primaryIp.protection.delete) {
        throw invalidField('auto_delete', 'must be off while it is protected');
      }
      if (body.name !== undefined) {
        requireUniqueName(
          project.primaryIps,
          body.name,
          NAME_TAKEN,
          primaryIp.id,
        );
        primaryIp.name = body.name;
      }
      primaryIp.labels = body.labels ?? primaryIp.labels;
      primaryIp.autoDelete = body.auto_delete ?? primaryIp.autoDelete;
      return { primary_ip: primaryIpView(primaryIp, call) };
    },
  }),
  operation('DELETE /primary_ips/{id}', {
    status: 204,
    handle({ project, id: wanted }) {
      requireDeletable('Primary IP', primaryIpOf(project, wanted));
      const primaryIp = changeablePrimaryIp(project, wanted);
      if (assigneeOf(project, primaryIp)) throw errors.mustBeUnassigned();
      project.primaryIps.delete(wanted);
    },
  }),
  operation('POST /primary_ips/{id}/actions/assign', {
    status: 201,
    body: assigneeBody,
    answer: startedAnswer,
    handle(call) {
      const { project, body } = call;
      const primaryIp = changeablePrimaryIp(project, call.id);
      if (assigneeOf(project, primaryIp)) {
        throw errors.primaryIpAlreadyAssigned();
      }
      const server = receivingServer(project, body.assignee_id, primaryIp.type);
      if (server.location !== primaryIp.location) {
        throw errors.primaryIpLocationMismatch();
      }
      return started(startAssigning(call, primaryIp, server), call);
    },
  }),
  operation('POST /primary_ips/{id}/actions/unassign', {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const primaryIp = changeablePrimaryIp(call.project, call.id);
      return started(startUnassigning(call, primaryIp), call);
    },
  }),
  operation('POST /primary_ips/{id}/actions/change_protection', {
    status: 201,
    body: deleteProtectionChange,
    answer: startedAnswer,
    handle(call) {
      const primaryIp = changeablePrimaryIp(call.project, call.id);
      const on = call.body.delete ?? primaryIp.protection.delete;
      if (on && primaryIp.autoDelete) {
        throw invalidField('delete', 'needs auto_delete to be off');
      }
      const args = { primaryIp: primaryIp.id, delete: on };
      return started(
        call.start(changeProtection, args, holding(primaryIp.id)),
        call,
      );
    },
  }),
  operation('POST /primary_ips/{id}/actions/change_dns_ptr', {
    status: 201,
    body: reverseDnsBody,
    answer: startedAnswer,
    handle(call) {
      const { ip, dns_ptr: name = null } = call.body;
      const primaryIp = changeablePrimaryIp(call.project, call.id);
      addressWith([primaryIp], ip);
      const args = { primaryIp: primaryIp.id, ip, name };
      return started(
        call.start(changeReverseDns, args, holding(primaryIp.id)),
        call,
      );
    },
  }),
  ...resourceActionOperations(
    'primary_ips',
    'primary_ip',
    ({ project }) => project.primaryIps,
  ),
];
