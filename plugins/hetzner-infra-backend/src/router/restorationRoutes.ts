import { platformActPermission } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { audited } from './audited';
import type { ApiRouter, RouterContext } from './RouterContext';

/** That a restored database may be worked on. */
export function restorationRoutes(
  router: ApiRouter,
  { access, auditor, restoration }: RouterContext,
): void {
  router.post('/restoration/confirm', async (request, response) => {
    const credentials = await access.credentials(request);
    await audited(
      auditor,
      { eventId: 'restoration-confirm', request, meta: {} },
      async () => {
        await access.require(credentials, platformActPermission);
        return restoration.confirm();
      },
      stopped => ({ stoppedOperations: stopped.map(({ id }) => id) }),
    );
    response.status(204).end();
  });
}
