import type { RootHttpRouterConfigureContext } from '@backstage/backend-defaults/rootHttpRouter';

type RequestHandler = ReturnType<
  RootHttpRouterConfigureContext['middleware']['logging']
>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** A body as it may leave: an error keeps its words and loses where in the code it came from. */
function withoutStack(body: unknown): unknown {
  if (!isObject(body) || !isObject(body.error)) {
    return body;
  }
  const { stack, ...error } = body.error;
  return { ...body, error };
}

/**
 * Keeps stacks out of refusals. Backstage's own error handlers, one for each
 * plugin, add them in development, and `npm start` runs in development: they
 * tell callers the paths of this machine and nothing that helps them. The log
 * keeps them.
 */
export const errorsWithoutStack: RequestHandler = (
  _request,
  response,
  next,
) => {
  const send = response.json.bind(response);
  response.json = body =>
    send(response.statusCode >= 400 ? withoutStack(body) : body);
  next();
};
