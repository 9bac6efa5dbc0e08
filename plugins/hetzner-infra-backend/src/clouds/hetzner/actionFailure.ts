import { CloudError } from '../CloudError';
import type { Action } from './apiTypes';
import { hetznerCodes } from './errorCodes';

/** A failed action as our error. It may have taken effect in part. */
export function actionFailure(action: Action): CloudError {
  const { id, command, resources } = action;
  const code = action.error?.code ?? hetznerCodes.actionFailed;
  const reason = action.error?.message ?? 'no reason given';
  const where = resources.map(({ type, id: on }) => `${type} ${on}`).join(', ');
  return new CloudError({
    code,
    message: `Hetzner Cloud: ${command} of ${
      where || 'an unknown resource'
    } failed (${code}, action ${id}): ${reason}`,
    outcome: 'unknown',
    operation: { method: 'GET', path: `/actions/${id}` },
    action: { id, command, resources },
  });
}
