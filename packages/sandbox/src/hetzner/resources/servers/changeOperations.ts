import { z } from 'zod';
import { actionAnswer } from '../../actions/action';
import { started, startedAnswer } from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { findServerType, serverTypeNamed } from '../../catalogue/serverTypes';
import { errors } from '../../errors';
import { Operation, operation } from '../../operation';
import { id, idOrName, invalidField } from '../../reference';
import { flag } from '../../requestFields';
import { requireRoomInGroup } from '../placementGroups';
import { userData } from './create';
import { changeableServer, holding, serverArgs, serverOf } from './lifecycle';
import { rootPassword } from './password';
import { fittingImage, requireAvailable } from './placement';
import { Server } from './server';

const changeType = defineEffect({
  name: 'change_server_type',
  command: 'change_server_type',
  latency: 'change_server_type',
  args: serverArgs.extend({ type: z.string(), diskSize: z.int() }),
  begin({ server }, { project }) {
    serverOf(project, server).status = 'migrating';
  },
  succeed({ server, type, diskSize }, { project }) {
    Object.assign(serverOf(project, server), {
      status: 'off',
      serverType: type,
      diskSize,
    } satisfies Partial<Server>);
  },
  fail({ server }, { project }) {
    serverOf(project, server).status = 'off';
  },
});

const rebuild = defineEffect({
  name: 'rebuild_server',
  command: 'rebuild_server',
  latency: 'rebuild_server',
  args: serverArgs.extend({ image: z.int(), userData: z.string().nullable() }),
  begin({ server }, { project }) {
    Object.assign(serverOf(project, server), {
      status: 'rebuilding',
      shutdown: null,
    } satisfies Partial<Server>);
  },
  succeed({ server, image, userData: data }, { project }) {
    const target = serverOf(project, server);
    target.status = 'running';
    target.boots += 1;
    target.instance += 1;
    target.image = image;
    target.userData = data ?? target.userData;
  },
  fail({ server }, { project }) {
    serverOf(project, server).status = 'off';
  },
});

const changeProtection = defineEffect({
  name: 'change_server_protection',
  command: 'change_protection',
  latency: 'change_protection',
  args: serverArgs.extend({ protected: z.boolean() }),
  succeed({ server, protected: on }, { project }) {
    serverOf(project, server).protection = { delete: on, rebuild: on };
  },
});

const setGroup = (
  name: 'add_to_placement_group' | 'remove_from_placement_group',
) =>
  defineEffect({
    name,
    command: name,
    latency: name,
    args: serverArgs.extend({ group: z.int().nullable() }),
    succeed({ server, group }, { project }) {
      if (group !== null) requireRoomInGroup(project, group);
      serverOf(project, server).placementGroup = group;
    },
  });

const addToGroup = setGroup('add_to_placement_group');
const removeFromGroup = setGroup('remove_from_placement_group');

/** Changes of what a server is. */
export const serverChangeOperations: Operation[] = [
  operation('POST /servers/{id}/actions/change_type', {
    status: 201,
    body: z.object({ server_type: idOrName, upgrade_disk: flag(false) }),
    answer: startedAnswer,
    handle(call) {
      const { body, cloud } = call;
      const server = changeableServer(call.project, call.id);
      const type = findServerType(body.server_type);
      if (!type) {
        throw invalidField(
          'server_type',
          `server type '${body.server_type}' not found`,
        );
      }
      const now = serverTypeNamed(server.serverType);
      if (type.architecture !== now.architecture) {
        throw errors.invalidServerType('server type has another architecture');
      }
      if (type.disk < server.diskSize) {
        throw errors.invalidServerType('disk of the server type is too small');
      }
      if (type.name === now.name) {
        throw errors.invalidServerType('server already has this type');
      }
      if (server.status !== 'off') throw errors.serverNotStopped();
      if (
        !type.locations.includes(server.location) ||
        cloud.availability(type.name, server.location) === 'retired'
      ) {
        throw errors.invalidServerType(
          'server type is not sold in the location of the server',
        );
      }
      requireAvailable(cloud, type.name, server.location);
      const action = call.start(
        changeType,
        {
          server: server.id,
          type: type.name,
          diskSize: body.upgrade_disk ? type.disk : server.diskSize,
        },
        holding(server),
      );
      return started(action, call);
    },
  }),
  operation('POST /servers/{id}/actions/rebuild', {
    status: 201,
    body: z.object({ image: idOrName, user_data: userData.nullish() }),
    answer: z.object({
      root_password: z.string().nullable(),
      action: actionAnswer,
    }),
    handle(call) {
      const { body } = call;
      const server = changeableServer(call.project, call.id);
      if (server.protection.rebuild)
        throw errors.protectedFrom('server', 'rebuild');
      const { architecture } = serverTypeNamed(server.serverType);
      const image = fittingImage(call, body.image, {
        architecture,
        disk: server.diskSize,
      });
      const action = call.start(
        rebuild,
        {
          server: server.id,
          image: image.id,
          userData: body.user_data ?? null,
        },
        holding(server),
      );
      return {
        root_password: server.sshKeys.length > 0 ? null : rootPassword(),
        ...started(action, call),
      };
    },
  }),
  operation('POST /servers/{id}/actions/change_protection', {
    status: 201,
    body: z.object({
      delete: z.boolean().nullish(),
      rebuild: z.boolean().nullish(),
    }),
    answer: startedAnswer,
    handle(call) {
      const { body } = call;
      const server = changeableServer(call.project, call.id);
      const next = {
        delete: body.delete ?? server.protection.delete,
        rebuild: body.rebuild ?? server.protection.rebuild,
      };
      if (next.delete !== next.rebuild) {
        throw invalidField('rebuild', 'must have the same value as delete');
      }
      const action = call.start(
        changeProtection,
        { server: server.id, protected: next.delete },
        holding(server),
      );
      return started(action, call);
    },
  }),
  operation('POST /servers/{id}/actions/add_to_placement_group', {
    status: 201,
    body: z.object({ placement_group: id }),
    answer: startedAnswer,
    handle(call) {
      const server = changeableServer(call.project, call.id);
      const group = call.body.placement_group;
      if (server.placementGroup !== null)
        throw errors.alreadyInPlacementGroup();
      requireRoomInGroup(call.project, group);
      if (server.status !== 'off') throw errors.serverNotStopped();
      const reference = { type: 'placement_group', id: group };
      const options = holding(server);
      const action = call.start(
        addToGroup,
        { server: server.id, group },
        { ...options, resources: [...options.resources, reference] },
      );
      return started(action, call);
    },
  }),
  operation('POST /servers/{id}/actions/remove_from_placement_group', {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const server = changeableServer(call.project, call.id);
      if (server.placementGroup === null) {
        throw errors.serviceError('server is in no placement group');
      }
      const action = call.start(
        removeFromGroup,
        { server: server.id, group: null },
        holding(server),
      );
      return started(action, call);
    },
  }),
];
