import { NotFoundError } from '@backstage/errors';
import {
  connectionManagePermission,
  connectionReadPermission,
  environmentCreatePermission,
  platformActPermission,
  quotaLines,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { secretNames } from '../connections/connection';
import type { ShownConnection } from '../connections/Connections';
import type { Caller } from '../environments/Caller';
import { audited } from './audited';
import type { ApiRouter, RouterContext } from './RouterContext';
import { wireConnection } from './wire';

/** Connections: list, read, put, delete, check. Secrets go in and never come out. */
export function connectionRoutes(
  router: ApiRouter,
  { access, auditor, connections, facts, registry }: RouterContext,
): void {
  router.get('/connections', async (request, response) => {
    const credentials = await access.credentials(request);
    const all = await connections.list(await access.visibleBeside(credentials));
    if (await access.may(credentials, connectionReadPermission)) {
      response.json({ items: all.map(wireConnection) });
      return;
    }
    // Who may create must be able to choose; the rest is not their business.
    await access.require(credentials, environmentCreatePermission);
    const usable = usableConnections(all, await access.caller(credentials));
    response.json({
      items: usable.map(connection =>
        wireConnection({ ...connection, environments: [] }),
      ),
    });
  });

  router.get('/connections/:name', async (request, response) => {
    const credentials = await access.credentials(request);
    await access.require(credentials, connectionReadPermission);
    response.json(
      wireConnection(
        await connections.get(
          request.params.name,
          await access.visibleBeside(credentials),
        ),
      ),
    );
  });

  router.get('/connections/:name/usage', async (request, response) => {
    const credentials = await access.credentials(request);
    await access.require(credentials, connectionReadPermission);
    const connection = await connections.get(request.params.name);
    const { name } = connection;
    if (connection.kind !== 'hetzner') {
      throw new NotFoundError(
        `The connection ${name} is of the kind ${connection.kind}: its provider tells no use.`,
      );
    }
    const { limits = {} } = connection;
    const used = await facts.usage(name);
    const { limit, remaining, pausedUntil } = registry.budget(name);
    response.json({
      quota: quotaLines([], { used, limits }),
      requests: {
        limit,
        remaining,
        ...(pausedUntil && { pausedUntil: pausedUntil.toISOString() }),
      },
    });
  });

  router.put('/connections/:name', async (request, response) => {
    const credentials = await access.credentials(request);
    const { name } = request.params;
    const connection = await audited(
      auditor,
      {
        eventId: 'connection-put',
        request,
        meta: {
          connection: name,
          // Which secrets were sent, not what they are; an unknown name may be one.
          secrets: secretNames.filter(
            secret => request.body.secrets?.[secret] !== undefined,
          ),
        },
      },
      async () => {
        await access.require(credentials, connectionManagePermission);
        return connections.put(
          name,
          request.body,
          await access.visibleBeside(credentials),
        );
      },
    );
    response.json(wireConnection(connection));
  });

  router.delete('/connections/:name', async (request, response) => {
    const credentials = await access.credentials(request);
    const { name } = request.params;
    await audited(
      auditor,
      { eventId: 'connection-delete', request, meta: { connection: name } },
      async () => {
        await access.require(credentials, connectionManagePermission);
        await connections.delete(name);
      },
    );
    response.status(204).end();
  });

  router.post('/connections/:name/check', async (request, response) => {
    const credentials = await access.credentials(request);
    const { name } = request.params;
    const check = await audited(
      auditor,
      { eventId: 'connection-check', request, meta: { connection: name } },
      async () => {
        await access.require(credentials, connectionManagePermission);
        return connections.check(name);
      },
      ({ ok }) => ({ ok }),
    );
    response.json(check);
  });

  router.post(
    '/connections/:name/confirm-project',
    async (request, response) => {
      const credentials = await access.credentials(request);
      const { name } = request.params;
      await audited(
        auditor,
        {
          eventId: 'connection-project-confirm',
          request,
          meta: { connection: name },
        },
        async () => {
          await access.require(credentials, platformActPermission);
          await connections.confirmProject(name);
        },
      );
      response.status(204).end();
    },
  );
}

/** The connections that a caller may use for an environment of one of the caller's groups. */
export function usableConnections(
  connections: readonly ShownConnection[],
  { actsForPlatform, groups }: Caller,
): ShownConnection[] {
  return connections.filter(
    ({ usableBy }) =>
      actsForPlatform || usableBy.some(owner => groups.includes(owner)),
  );
}
