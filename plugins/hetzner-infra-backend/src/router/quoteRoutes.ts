import {
  environmentCreatePermission,
  environmentReadPermission,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ApiRouter, RouterContext } from './RouterContext';

/** Price and plan of a document. Changes nothing, so nothing is audited. */
export function quoteRoutes(
  router: ApiRouter,
  { access, environments }: RouterContext,
): void {
  router.post('/quotes', async (request, response) => {
    const credentials = await access.credentials(request);
    await access.require(credentials, environmentCreatePermission);
    response.json(
      await environments.quote(
        request.body.environment,
        await access.caller(credentials),
        environment =>
          access.mayWith(credentials, environmentReadPermission, environment),
      ),
    );
  });
}
