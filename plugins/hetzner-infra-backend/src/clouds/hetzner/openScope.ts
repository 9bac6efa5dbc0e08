import { CloudError } from '../CloudError';
import type { ActionPoller } from './ActionPoller';
import { makeCall, type Connection } from './call';
import type {
  CallOptions,
  CallScope,
  HetznerCloud,
  WaitOptions,
} from './HetznerCloud';
import type { Action } from './apiTypes';
import { listAll } from './listAll';
import type { PathParameters, QueryParameters } from './requestUrl';
import { anySignal, innerScope, type Scope } from './scope';

interface Parts {
  connection: Connection;
  poller: ActionPoller;
  scope: Scope;
  outermost: Scope;
}

/** A request without its types per path; HetznerCloud checked them. */
interface UntypedRequest extends CallOptions {
  path?: PathParameters;
  query?: QueryParameters;
  body?: unknown;
}

/**
 * The port over one connection, under the rules of one scope. Everything that
 * knows the token stays in closures, out of reach of logs and inspection.
 */
export function openScope(parts: Parts): HetznerCloud {
  const { connection, poller, scope, outermost } = parts;
  const send =
    (method: string) =>
    (pathTemplate: string, request: UntypedRequest = {}) =>
      makeCall(connection, scope, { method, pathTemplate, ...request });

  const port = {
    get: send('GET'),
    post: send('POST'),
    put: send('PUT'),
    delete: send('DELETE'),

    listAll(
      pathTemplate: string,
      { signal, retryOn, ...filters }: CallOptions & QueryParameters = {},
    ) {
      return listAll(pathTemplate, filters, query =>
        port.get(pathTemplate, { query, signal, retryOn }),
      );
    },

    async waitFor(
      actions: readonly (Action | null | undefined)[],
      { signal, onProgress, ofOthers }: WaitOptions = {},
    ) {
      const given = actions.filter(one => one !== null && one !== undefined);
      const tell = (action: Action) => {
        if (!ofOthers) scope.onAction.forEach(listener => listener(action));
      };
      given.forEach(tell);
      try {
        const ended = await poller.wait(given, {
          signal: anySignal(scope, signal),
          onProgress,
          ofOthers,
        });
        ended.forEach(tell);
        return ended;
      } catch (error) {
        const failed = given.find(
          ({ id }) => error instanceof CloudError && error.action?.id === id,
        );
        if (failed) tell({ ...failed, status: 'error' });
        throw error;
      }
    },

    scoped: (given: CallScope) =>
      openScope({ ...parts, scope: innerScope(scope, given, outermost) }),
  };
  // The types of paths, requests and answers exist only in the interface.
  return port as unknown as HetznerCloud;
}
