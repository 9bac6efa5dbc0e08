import { z } from 'zod';
import { errors } from '../errors';
import { getOperation, listOperation } from '../list';
import { Call, CallContext, operation, Operation } from '../operation';
import type { Route } from '../operationNames';
import { found } from '../reference';
import { actionAnswer, actionView, StoredAction } from './action';

const SORT = ['id', 'command', 'status', 'started', 'finished'] as const;

const view = (action: StoredAction, call: CallContext) =>
  actionView(action, call.now, call.cloud.settings.speed);

/** The actions that the API shows. */
const shown = ({ project }: Call) =>
  [...project.actions.values()].filter(action => !action.hidden);

const concerns = (action: StoredAction, type: string, id?: number) =>
  action.resources.some(
    resource =>
      resource.type === type && (id === undefined || resource.id === id),
  );

const filters = {
  id: (action: StoredAction) => action.id,
  status: (action: StoredAction) => action.status,
};

/** Reading actions without naming a resource. */
export const actionOperations: Operation[] = [
  listOperation('GET /actions', {
    key: 'actions',
    items(call) {
      if (!(call.query as { id?: unknown }).id) {
        throw errors.gone(
          'https://docs.hetzner.cloud/changelog#2025-01-30-listing-arbitrary-actions-in-the-actions-list-endpoint-is-removed',
        );
      }
      return shown(call);
    },
    view,
    answer: actionAnswer,
    sort: SORT,
    filters,
  }),
  getOperation('GET /actions/{id}', {
    key: 'action',
    find: call => shown(call).find(action => action.id === call.id),
    view,
    answer: actionAnswer,
  }),
];

/**
 * The four ways to read the actions of one kind of resource.
 *
 * @param plural - the resource in paths, such as `servers`
 * @param type - the resource in `action.resources`, such as `server`
 */
export function resourceActionOperations(
  plural: string,
  type: string,
  collection: (call: Call) => ReadonlyMap<number, unknown>,
): Operation[] {
  const route = (path: string) => `GET /${plural}${path}` as Route;
  return [
    listOperation(route('/actions'), {
      key: 'actions',
      items: call => shown(call).filter(action => concerns(action, type)),
      view,
      answer: actionAnswer,
      sort: SORT,
      filters,
    }),
    getOperation(route('/actions/{id}'), {
      key: 'action',
      find: call =>
        shown(call).find(
          action => action.id === call.id && concerns(action, type),
        ),
      view,
      answer: actionAnswer,
    }),
    listOperation(route('/{id}/actions'), {
      key: 'actions',
      items(call) {
        found(collection(call), type, call.id);
        return shown(call).filter(action => concerns(action, type, call.id));
      },
      view,
      answer: actionAnswer,
      sort: SORT,
      filters: { status: filters.status },
    }),
    operation(route('/{id}/actions/{action_id}'), {
      status: 200,
      answer: z.object({ action: actionAnswer }),
      handle(call) {
        const action = shown(call).find(
          candidate =>
            candidate.id === call.actionId &&
            concerns(candidate, type, call.id),
        );
        if (!action) throw errors.notFound('action', call.actionId);
        return { action: view(action, call) };
      },
    }),
  ];
}

/** Answer of an operation that starts one action. */
export const startedAnswer = z.object({ action: actionAnswer });

/** An action as an operation answers it. */
export const started = (action: StoredAction, call: CallContext) => ({
  action: view(action, call),
});

/** Actions as an operation answers them. */
export const startedAll = (actions: StoredAction[], call: CallContext) =>
  actions.map(action => view(action, call));
