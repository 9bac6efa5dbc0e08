import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { environmentCreatePermission } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { usableConnections } from './connectionRoutes';
import type { ApiRouter, RouterContext } from './RouterContext';

/** What can be ordered, for forms. */
export function catalogueRoutes(
  router: ApiRouter,
  { access, connections, facts }: RouterContext,
): void {
  router.get('/catalogue', async (request, response) => {
    const credentials = await access.credentials(request);
    await access.require(credentials, environmentCreatePermission);
    const { connection: name } = request.query;
    const all = await connections.list();
    if (!all.some(connection => connection.name === name)) {
      throw new NotFoundError(`There is no connection named ${name}.`);
    }
    const usable = usableConnections(all, await access.caller(credentials));
    if (!usable.some(connection => connection.name === name)) {
      throw new NotAllowedError(
        `The connection ${name} is not meant for any of your groups.`,
      );
    }
    response.json(await facts.catalogue(name));
  });
}
