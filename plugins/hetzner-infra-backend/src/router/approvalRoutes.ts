import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { operationApprovePermission } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Accepted } from '../environments/Requests';
import type { ApiRouter, RouterContext } from './RouterContext';
import { submitted } from './submitted';

/** Approve and reject what waits for it. Who may is a matter of the group that the operation names, too. */
export function approvalRoutes(
  router: ApiRouter,
  context: RouterContext,
  readable: (
    credentials: BackstageCredentials,
    id: string,
  ) => Promise<Accepted>,
): void {
  const { access, approvals } = context;

  router.post('/operations/:id/approve', async (request, response) => {
    const credentials = await access.credentials(request);
    const { id } = request.params;
    const { monthly } = request.body;
    await submitted(
      context,
      {
        eventId: 'operation-approve',
        request,
        response,
        meta: { operationId: id, monthly },
      },
      async () => {
        const found = await readable(credentials, id);
        await access.require(credentials, operationApprovePermission);
        return approvals.approve(
          found,
          monthly,
          await access.caller(credentials),
        );
      },
    );
  });

  router.post('/operations/:id/reject', async (request, response) => {
    const credentials = await access.credentials(request);
    const { id } = request.params;
    const { reason } = request.body;
    await submitted(
      context,
      {
        eventId: 'operation-reject',
        request,
        response,
        meta: { operationId: id, reason },
      },
      async () => {
        const found = await readable(credentials, id);
        await access.require(credentials, operationApprovePermission);
        return approvals.reject(
          found,
          reason,
          await access.caller(credentials),
        );
      },
    );
  });
}
