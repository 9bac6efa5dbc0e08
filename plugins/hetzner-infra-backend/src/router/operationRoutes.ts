import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  environmentOperatePermission,
  environmentReadPermission,
  environmentRemovePermission,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { StoredEnvironment } from '../environments/EnvironmentStore';
import { isRetryable } from '../environments/isRetryable';
import type { Operation, Step } from '../operations/operation';
import { approvalRoutes } from './approvalRoutes';
import { streamEvents } from './eventStream';
import { EventStreams } from './EventStreams';
import type { ApiRouter, RouterContext } from './RouterContext';
import { submitted } from './submitted';
import { wireEvent, wireOperation } from './wire';
import { wireCancellation } from './wireCancellation';
import { wireChanges } from './wireChanges';

type Found = { operation: Operation; environment: StoredEnvironment };

/** Operations: list, read, follow, cancel, try again. */
export function operationRoutes(
  router: ApiRouter,
  context: RouterContext,
): void {
  const { access, actions, environmentStore, operations } = context;
  const streams = new EventStreams(context.onStream);

  const readable = async (
    credentials: BackstageCredentials,
    id: string,
  ): Promise<Found> => {
    const operation = await operations.find(id);
    const environment = await access.readable(
      credentials,
      operation && (await environmentStore.find(operation.environmentId)),
      `There is no operation ${id}.`,
    );
    return { operation: operation!, environment };
  };

  /** By name among those that stand, else by id: the history outlives the name. */
  const environmentOf = async (
    credentials: BackstageCredentials,
    nameOrId: string,
  ): Promise<StoredEnvironment> =>
    access.readable(
      credentials,
      (await environmentStore.findByName(nameOrId)) ??
        (await environmentStore.find(nameOrId)),
      `There is no environment ${nameOrId}.`,
    );

  router.get('/operations', async (request, response) => {
    const credentials = await access.credentials(request);
    const { environment: nameOrId, requestId, state, goal } = request.query;
    const { steps: withSteps, limit, cursor } = request.query;
    const visible = await access.visible(
      credentials,
      environmentReadPermission,
    );
    const page = await operations.list({
      environmentId:
        nameOrId === undefined
          ? undefined
          : (
              await environmentOf(credentials, nameOrId)
            ).id,
      requestId,
      state,
      goal,
      visible,
      limit: limit ?? 100,
      cursor,
    });
    const environmentIds = page.items.map(o => o.environmentId);
    const [steps, byId, current] = await Promise.all([
      withSteps === false
        ? new Map<string, Step[]>()
        : operations.steps(
            page.items.map(({ id }) => id),
            { details: false },
          ),
      environmentStore.findAll(environmentIds),
      operations.current(environmentIds),
    ]);
    response.json({
      items: page.items.map(operation => {
        const environment = byId.get(operation.environmentId)!;
        return {
          ...wireOperation(
            operation,
            environment,
            steps.get(operation.id) ?? [],
          ),
          ...wireRetryable(operation, environment, current),
        };
      }),
      ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
    });
  });

  router.get('/operations/:id', async (request, response) => {
    const credentials = await access.credentials(request);
    const { operation, environment } = await readable(
      credentials,
      request.params.id,
    );
    const [steps, connection, current] = await Promise.all([
      operations.steps([operation.id]),
      context.registry.find(environment.connection),
      operations.current([environment.id]),
    ]);
    response.json({
      ...wireOperation(
        operation,
        environment,
        steps.get(operation.id) ?? [],
        connection?.consoleProjectId,
      ),
      ...wireRetryable(operation, environment, current),
    });
  });

  router.get('/operations/:id/changes', async (request, response) => {
    const credentials = await access.credentials(request);
    const { operation } = await readable(credentials, request.params.id);
    response.json(await wireChanges(operation, environmentStore));
  });

  router.get('/operations/:id/cancellation', async (request, response) => {
    const credentials = await access.credentials(request);
    const { operation } = await readable(credentials, request.params.id);
    response.json(await wireCancellation(operation, context));
  });

  router.get('/operations/:id/events', async (request, response) => {
    const credentials = await access.credentials(request);
    const { operation, environment } = await readable(
      credentials,
      request.params.id,
    );
    const after = lastEventId(request.header('last-event-id'));
    await streams.within(credentials, () =>
      streamEvents({
        response,
        expiresAt: credentials.expiresAt,
        stopping: context.stopping,
        events: signal => context.events.follow(operation.id, after, signal),
        toWire: event => wireEvent(event, environment),
      }),
    );
  });

  router.post('/operations/:id/cancel', async (request, response) => {
    const credentials = await access.credentials(request);
    const { id } = request.params;
    await submitted(
      context,
      {
        eventId: 'operation-cancel',
        request,
        response,
        meta: { operationId: id },
      },
      async () => {
        const { operation, environment } = await readable(credentials, id);
        await access.requireWith(
          credentials,
          environmentOperatePermission,
          environment,
        );
        return actions.cancel(operation);
      },
      ({ environment }) => ({ environmentId: environment.id }),
    );
  });

  approvalRoutes(router, context, readable);

  router.post('/operations/:id/retry', async (request, response) => {
    const credentials = await access.credentials(request);
    const { id } = request.params;
    await submitted(
      context,
      {
        eventId: 'operation-retry',
        request,
        response,
        meta: { operationId: id },
      },
      async () => {
        const { operation, environment } = await readable(credentials, id);
        await access.requireWith(
          credentials,
          operation.goal === 'remove'
            ? environmentRemovePermission
            : environmentOperatePermission,
          environment,
        );
        return actions.retry(operation, await access.caller(credentials));
      },
      ({ environment, operation }) => ({
        environmentId: environment.id,
        newOperationId: operation.id,
      }),
    );
  });
}

function wireRetryable(
  operation: Operation,
  environment: StoredEnvironment,
  current: ReadonlyMap<string, Operation>,
): { retryable?: boolean } {
  const retryable = isRetryable(
    operation,
    environment,
    current.get(environment.id),
  );
  return retryable === undefined ? {} : { retryable };
}

/** @throws InputError */
function lastEventId(header: string | undefined): number {
  if (header === undefined || header === '') {
    return 0;
  }
  const seq = Number(header);
  if (!Number.isSafeInteger(seq) || seq < 0) {
    throw new InputError('Last-Event-ID is not the id of an event.');
  }
  return seq;
}
