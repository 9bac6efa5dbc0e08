import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  environmentCreatePermission,
  environmentOperatePermission,
  environmentReadPermission,
  environmentRemovePermission,
  environmentUpdatePermission,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { StoredEnvironment } from '../environments/EnvironmentStore';
import type { ApiRouter, RouterContext } from './RouterContext';
import { submitted } from './submitted';
import { shownEnvironment } from './shownEnvironment';
import { wireEnvironment, wireRevision } from './wire';

/** Environments: list, read, create, change, remove, put right. */
export function environmentRoutes(
  router: ApiRouter,
  context: RouterContext,
): void {
  const { access, actions, environments, environmentStore, operations } =
    context;

  const named = async (
    credentials: BackstageCredentials,
    name: string,
    environment?: StoredEnvironment,
  ): Promise<StoredEnvironment> =>
    access.readable(
      credentials,
      environment ?? (await environmentStore.findByName(name)),
      `There is no environment named ${name}.`,
    );

  router.get('/environments', async (request, response) => {
    const credentials = await access.credentials(request);
    const { owner, state, search, sort, limit, cursor } = request.query;
    const page = await environmentStore.list({
      owner,
      state,
      search,
      sort: sort ?? 'name',
      limit: limit ?? 100,
      cursor,
      filter: await access.visible(credentials, environmentReadPermission),
    });
    const ids = page.items.map(({ id }) => id);
    const [current, drift] = await Promise.all([
      operations.current(ids),
      context.driftStore.counts(ids),
    ]);
    response.json({
      items: page.items.map(environment =>
        wireEnvironment(
          environment,
          current.get(environment.id),
          drift.get(environment.id),
        ),
      ),
      totalItems: page.totalItems,
      ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
    });
  });

  router.post('/environments', async (request, response) => {
    const credentials = await access.credentials(request);
    const { metadata } = request.body.environment;
    await submitted(
      context,
      {
        eventId: 'environment-create',
        request,
        response,
        meta: { environment: shortText(metadata?.name) },
      },
      async () => {
        await access.require(credentials, environmentCreatePermission);
        return environments.create(
          request.body,
          await access.caller(credentials),
        );
      },
    );
  });

  router.get('/environments/:name', async (request, response) => {
    const credentials = await access.credentials(request);
    response.json(
      await shownEnvironment(
        context,
        await named(credentials, request.params.name),
      ),
    );
  });

  router.put('/environments/:name', async (request, response) => {
    const credentials = await access.credentials(request);
    const { name } = request.params;
    await submitted(
      context,
      {
        eventId: 'environment-update',
        request,
        response,
        meta: { environment: name, revision: request.body.revision },
      },
      async () => {
        const environment = await named(credentials, name);
        await access.requireWith(
          credentials,
          environmentUpdatePermission,
          environment,
        );
        return environments.update(
          environment,
          request.body,
          await access.caller(credentials),
        );
      },
    );
  });

  router.delete('/environments/:name', async (request, response) => {
    const credentials = await access.credentials(request);
    const { name } = request.params;
    const { data = 'keep', bucket, requestId } = request.query;
    await submitted(
      context,
      {
        eventId: 'environment-remove',
        request,
        response,
        meta: { environment: name, data, ...(bucket && { bucket }) },
      },
      async () => {
        const caller = await access.caller(credentials);
        const environment = await named(
          credentials,
          name,
          (await environmentStore.findByName(name)) ??
            (await actions.removedBefore(name, requestId, caller)),
        );
        await access.requireWith(
          credentials,
          environmentRemovePermission,
          environment,
        );
        return actions.remove(environment, { data, bucket, requestId }, caller);
      },
    );
  });

  router.get('/environments/:name/resources', async (request, response) => {
    const credentials = await access.credentials(request);
    const environment = await named(credentials, request.params.name);
    response.json(await context.resources.list(environment));
  });

  /** By name or, for history's sake, by id. */
  const namedOrGone = async (
    credentials: BackstageCredentials,
    nameOrId: string,
  ) =>
    named(
      credentials,
      nameOrId,
      (await environmentStore.findByName(nameOrId)) ??
        (await environmentStore.find(nameOrId)),
    );

  router.get('/environments/:name/cost', async (request, response) => {
    const credentials = await access.credentials(request);
    const environment = await namedOrGone(credentials, request.params.name);
    response.json(
      await context.costs.ofMonth(environment, request.query.month),
    );
  });

  router.get('/environments/:name/revisions', async (request, response) => {
    const credentials = await access.credentials(request);
    const environment = await namedOrGone(credentials, request.params.name);
    const { id, revision, appliedRevision } = environment;
    const { limit = 50, cursor } = request.query;
    const { items, nextCursor } = await environmentStore.revisions(id, {
      limit,
      cursor,
    });
    response.json({
      current: revision,
      ...(appliedRevision !== undefined && { applied: appliedRevision }),
      items: items.map(wireRevision),
      ...(nextCursor && { nextCursor }),
    });
  });

  router.post('/environments/:name/reconcile', async (request, response) => {
    const credentials = await access.credentials(request);
    const { name } = request.params;
    await submitted(
      context,
      {
        eventId: 'environment-reconcile',
        request,
        response,
        meta: { environment: name },
      },
      async () => {
        const environment = await named(credentials, name);
        await access.requireWith(
          credentials,
          environmentOperatePermission,
          environment,
        );
        return actions.reconcile(environment, await access.caller(credentials));
      },
    );
  });
}

/** A name out of a document that was not read yet. */
function shortText(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 63) : null;
}
