import { z } from 'zod';
import { defineEffect } from '../../actions/effect';
import { requireUnlocked } from '../../actions/runner';
import type { Project } from '../../project';
import { found } from '../../reference';
import { detachServerFromFirewalls } from '../firewalls/membership';
import { unassignFloatingIps } from '../floatingIps/floatingIp';
import { deleteBackups } from '../images/backups';
import { dropServerTargets } from '../loadBalancers/membership';
import { releasePrimaryIps } from '../primaryIps/primaryIp';
import { Server, storedServer } from './server';

/** Args of an action on one server. */
export const serverArgs = z.object({ server: z.int() });

/** The server of a request or an action. */
export const serverOf = (project: Project, id: number) =>
  found(project.servers, 'server', id);

/**
 * The server of a request that wants to change it.
 *
 * @throws ApiError 404, or 423 while an action holds it
 */
export function changeableServer(project: Project, id: number): Server {
  const server = serverOf(project, id);
  requireUnlocked(project, 'server', id);
  return server;
}

/** How an action that is about one server and holds it is to run. */
export const holding = (server: { id: number }) => {
  const reference = { type: 'server', id: server.id };
  return { resources: [reference], locks: [reference] };
};

/** The first step of a server's life. */
export const createEffect = defineEffect({
  name: 'create_server',
  command: 'create_server',
  latency: 'create_server',
  args: serverArgs,
  succeed({ server }, { project }) {
    serverOf(project, server).status = 'off';
    for (const firewall of project.firewalls.values()) {
      for (const application of firewall.appliedTo) {
        if (application.type === 'server' && application.server === server) {
          application.pending = false;
        }
      }
    }
  },
  fail({ server }, { project }) {
    serverOf(project, server).status = 'off';
  },
});

/** Power on. */
export const startEffect = defineEffect({
  name: 'start_server',
  command: 'start_server',
  latency: 'start_server',
  args: serverArgs,
  begin({ server }, { project }) {
    const target = serverOf(project, server);
    target.shutdown = null;
    if (target.status !== 'running') target.status = 'starting';
  },
  succeed({ server }, { project }) {
    const target = serverOf(project, server);
    Object.assign(target, {
      status: 'running',
      boots: target.boots + (target.status === 'running' ? 0 : 1),
      // The first start into the rescue system is the only one.
      rescueSince: null,
    } satisfies Partial<Server>);
  },
  fail({ server }, { project }) {
    const target = serverOf(project, server);
    if (target.status === 'starting') target.status = 'off';
  },
});

/** The end of a server; whatever it was attached to forgets it. */
export const deleteEffect = defineEffect({
  name: 'delete_server',
  command: 'delete_server',
  latency: 'delete_server',
  args: serverArgs.extend({ before: storedServer.shape.status }),
  begin({ server }, { project }) {
    serverOf(project, server).status = 'deleting';
  },
  succeed({ server }, { project }) {
    detachServerFromFirewalls(project, server);
    for (const loadBalancer of project.loadBalancers.values()) {
      dropServerTargets(loadBalancer, server);
    }
    for (const volume of project.volumes.values()) {
      if (volume.server === server) volume.server = null;
    }
    releasePrimaryIps(project, serverOf(project, server));
    deleteBackups(project, server);
    unassignFloatingIps(project, server);
    project.servers.delete(server);
  },
  fail({ server, before }, { project }) {
    serverOf(project, server).status = before;
  },
});
