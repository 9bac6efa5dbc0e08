import type { JsonObject } from '@backstage/types';
import type { Request, Response } from 'express';
import type { Accepted } from '../environments/Requests';
import { accepted } from './accepted';
import { audited } from './audited';
import type { RouterContext } from './RouterContext';

/** For the audit event: which operation the request became. */
const became = ({ operation, environment }: Accepted): JsonObject => ({
  environmentId: environment.id,
  operationId: operation.id,
});

/**
 * A request that becomes an operation: audited, with its checks of permissions
 * inside, and answered with 202, the environment and the operation.
 */
export async function submitted(
  context: Pick<RouterContext, 'auditor' | 'operations'>,
  exchange: {
    eventId: string;
    request: Request<any, any, any, any>;
    response: Response<any>;
    meta: JsonObject;
  },
  submit: () => Promise<Accepted>,
  outcome: (result: Accepted) => JsonObject = became,
): Promise<void> {
  const { eventId, request, response, meta } = exchange;
  const result = await audited(
    context.auditor,
    { eventId, request, meta },
    submit,
    outcome,
  );
  response.status(202).json(await accepted(context, result));
}
