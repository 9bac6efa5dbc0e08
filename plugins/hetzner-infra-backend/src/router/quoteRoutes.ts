import {
  environmentCreatePermission,
  environmentReadPermission,
  environmentUpdatePermission,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { StoredEnvironment } from '../environments/EnvironmentStore';
import type { ApiRouter, RouterContext } from './RouterContext';

/** Price and plan of a document. Changes nothing, so nothing is audited. */
export function quoteRoutes(
  router: ApiRouter,
  { access, environments, environmentStore }: RouterContext,
): void {
  router.post('/quotes', async (request, response) => {
    const credentials = await access.credentials(request);
    const mayRead = (environment: StoredEnvironment) =>
      access.mayWith(credentials, environmentReadPermission, environment);
    const { environment, intent } = request.body;
    const name: unknown = environment.metadata?.name;
    const existing =
      typeof name === 'string' && intent !== 'create'
        ? await environmentStore.findByName(name)
        : undefined;
    // For an environment that the caller may not see it is the quote of a new
    // one, which is refused because of its name.
    if (existing && (await mayRead(existing))) {
      await access.requireWith(
        credentials,
        environmentUpdatePermission,
        existing,
      );
    } else {
      await access.require(credentials, environmentCreatePermission);
    }
    response.json(
      await environments.quote(
        request.body,
        await access.caller(credentials),
        mayRead,
      ),
    );
  });
}
