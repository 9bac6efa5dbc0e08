import { environmentUpdatePermission } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { audited } from './audited';
import type { ApiRouter, RouterContext } from './RouterContext';
import { shownEnvironment } from './shownEnvironment';

/** The end of environments: put off. */
export function expiryRoutes(router: ApiRouter, context: RouterContext): void {
  const { access, announcer, auditor, environmentStore, extensions } = context;

  router.post('/environments/:name/extend', async (request, response) => {
    const credentials = await access.credentials(request);
    const { name } = request.params;
    const { until } = request.body;
    const extended = await audited(
      auditor,
      {
        eventId: 'environment-extend',
        request,
        meta: { environment: name, until },
      },
      async () => {
        const environment = await access.readable(
          credentials,
          await environmentStore.findByName(name),
          `There is no environment named ${name}.`,
        );
        await access.requireWith(
          credentials,
          environmentUpdatePermission,
          environment,
        );
        return extensions.extend(
          environment,
          until,
          await access.caller(credentials),
        );
      },
      ({ id, revision }) => ({ environmentId: id, revision }),
    );
    announcer.foundOtherwise(extended);
    response.json(await shownEnvironment(context, extended));
  });
}
