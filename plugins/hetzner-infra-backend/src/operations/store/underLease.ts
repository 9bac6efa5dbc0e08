import type { Knex } from 'knex';
import { limitIdleness } from '../../database/limitIdleness';
import {
  AimChangedError,
  isSameAim,
  LeaseLostError,
  type Hold,
} from '../operation';
import { toAim, type OperationRow } from './rows';

/**
 * Takes the row lock of a held operation and returns its row. Every write of a
 * worker begins with it: the update itself is the comparison, so it is right on
 * engines with and without row locks.
 *
 * A lease that has run out but that nobody took still counts: nobody else works
 * on the operation.
 *
 * @throws LeaseLostError
 */
export async function lockHeld(
  tx: Knex.Transaction,
  hold: Hold,
): Promise<OperationRow> {
  await limitIdleness(tx);
  const [row] = await tx<OperationRow>('operations')
    .where({ id: hold.operationId, lease: hold.lease })
    .whereNull('finished_at')
    .update({ lease: hold.lease })
    .returning('*');
  if (!row) {
    throw new LeaseLostError(hold.operationId);
  }
  return row;
}

/** @throws AimChangedError when the operation works toward something else than the hold says. */
export function requireAim(
  hold: Hold,
  row: Pick<OperationRow, 'aim' | 'aim_revision'>,
): void {
  const aim = toAim(row);
  if (!isSameAim(hold.aim, aim)) {
    throw new AimChangedError(hold.operationId, aim);
  }
}
