import type { Knex } from 'knex';
import type { EventPayload, EventRow } from './rows';

/**
 * Adds to the history of an operation. Only within a transaction that has
 * written the operation's row, and so holds its lock: that is what makes `seq`
 * grow in commit order.
 */
export async function appendEvents(
  tx: Knex.Transaction,
  operationId: string,
  payloads: readonly EventPayload[],
  now: Date,
): Promise<void> {
  if (payloads.length === 0) {
    return;
  }
  await tx<EventRow>('operation_events').insert(
    payloads.map(payload => ({
      operation_id: operationId,
      type: typeOf(payload),
      at: now.getTime(),
      payload: JSON.stringify(payload),
    })),
  );
}

function typeOf(payload: EventPayload): EventRow['type'] {
  if (payload.operation) {
    return 'operation';
  }
  return payload.step ? 'step' : 'log';
}
