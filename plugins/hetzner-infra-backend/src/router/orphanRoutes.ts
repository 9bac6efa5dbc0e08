import {
  orphanAdoptPermission,
  orphanReadPermission,
  orphanRemovePermission,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { audited } from './audited';
import type { ApiRouter, RouterContext } from './RouterContext';
import { shownEnvironment } from './shownEnvironment';

/** What environments and their clusters left behind: list, remove, adopt. */
export function orphanRoutes(router: ApiRouter, context: RouterContext): void {
  const { access, adoptions, announcer, auditor, orphans, restoration } =
    context;

  router.get('/orphans', async (request, response) => {
    const credentials = await access.credentials(request);
    await access.require(credentials, orphanReadPermission);
    response.json(await orphans.list({ fresh: request.query.fresh ?? false }));
  });

  router.delete('/orphans/:id', async (request, response) => {
    const credentials = await access.credentials(request);
    const { id } = request.params;
    const { name } = request.body;
    await audited(
      auditor,
      { eventId: 'orphan-remove', request, meta: { orphan: id, name } },
      async () => {
        await access.require(credentials, orphanRemovePermission);
        // What an older database does not know may be in use.
        await restoration.refuseWhileHeld();
        return orphans.remove(id, name);
      },
      ({ kind, providerId, connection, judgement }) => ({
        kind,
        providerId,
        connection,
        reason: judgement.reason,
        environmentId: judgement.environmentId ?? null,
      }),
    );
    response.status(204).end();
  });

  router.post('/orphans/:id/adopt', async (request, response) => {
    const credentials = await access.credentials(request);
    const { id } = request.params;
    const { environment: name, owner } = request.body;
    const adopted = await audited(
      auditor,
      {
        eventId: 'orphan-adopt',
        request,
        meta: { orphan: id, environment: name, owner },
      },
      async () => {
        await access.require(credentials, orphanAdoptPermission);
        return adoptions.adopt(
          id,
          request.body,
          await access.caller(credentials),
        );
      },
      environment => ({ environmentId: environment.id }),
    );
    announcer.foundOtherwise(adopted);
    response.json(await shownEnvironment(context, adopted));
  });
}
