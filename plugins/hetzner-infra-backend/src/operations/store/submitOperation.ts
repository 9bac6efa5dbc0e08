import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { waitsForApproval } from '../approval';
import type { Aim, Operation } from '../operation';
import { OperationConflictError } from '../OperationConflictError';
import type { Submission } from '../OperationStore';
import { placement, stateWhileWorking } from '../transitions';
import { appendEvents } from './appendEvents';
import { lockEnvironment } from './lockEnvironment';
import { fromAim, toOperation, type OperationRow } from './rows';
import { coded } from '../../coded';

/** Queues an operation, see OperationStore.submit. */
export async function submitOperation(
  tx: Knex.Transaction,
  submission: Submission,
  now: Date,
): Promise<{ operation: Operation; repeated: boolean }> {
  const environment = await lockEnvironment(tx, submission.environmentId);
  const before = await findRequest(tx, submission);
  if (before) {
    return { operation: before, repeated: true };
  }
  const { expectedRevision = environment.revision } = submission;
  if (environment.revision !== expectedRevision) {
    throw new ConflictError(
      `${environment.name} was changed meanwhile: it wants revision ${environment.revision}, not ${expectedRevision}. Look at it again first.`,
    );
  }
  const { retryOf } = submission.options;
  if (retryOf !== undefined) await requireYoungest(tx, environment, retryOf);

  const unfinished = await tx<OperationRow>('operations')
    .where('environment_id', submission.environmentId)
    .whereNull('finished_at');
  const place = placement(
    submission.goal,
    submission.options,
    unfinished.map(toOperation),
  );
  if (place.kind === 'refused') {
    throw coded(
      new OperationConflictError(
        `Operation ${place.by.id} (${place.by.goal}, ${place.by.state}) works on environment ${environment.name}. Wait for its end or cancel it.`,
        place.by.id,
      ),
      'operation-in-the-way',
      { environment: environment.name },
    );
  }
  if (place.kind === 'repeated') {
    return { operation: place.operation, repeated: true };
  }
  if (place.supersedes) {
    await stopForRemoval(tx, place.supersedes, now);
  }

  const aim: Aim =
    submission.goal === 'apply'
      ? { kind: 'apply', revision: submission.revision }
      : { kind: 'remove' };
  const [row] = await tx<OperationRow>('operations')
    .insert({
      id: randomUUID(),
      environment_id: submission.environmentId,
      goal: submission.goal,
      revision: submission.revision,
      previous_revision: submission.previousRevision ?? null,
      ...fromAim(aim),
      state: waitsForApproval(submission.options)
        ? 'awaiting-approval'
        : 'queued',
      initiator: submission.initiator,
      request_id: submission.requestId ?? null,
      request_hash: submission.requestHash ?? null,
      options: JSON.stringify(submission.options),
      next_attempt_at: now.getTime(),
      created_at: now.getTime(),
    })
    .returning('*');
  const operation = toOperation(row);
  await tx('environments')
    .where('id', submission.environmentId)
    // One that is removed stays so, also while something late is cleared away.
    .whereNull('removed_at')
    .update({
      state: stateWhileWorking(submission.goal, environment.standing),
    });
  await appendEvents(tx, operation.id, [{ operation }], now);
  return { operation, repeated: false };
}

/**
 * The operation that the same request made before.
 *
 * @throws OperationConflictError when the request id was used for another request
 */
export async function findRequest(
  tx: Knex,
  request: Pick<Submission, 'initiator' | 'requestId' | 'requestHash'>,
): Promise<Operation | undefined> {
  if (request.requestId === undefined) {
    return undefined;
  }
  const row = await tx<OperationRow>('operations')
    .where({ initiator: request.initiator, request_id: request.requestId })
    .first();
  if (!row) {
    return undefined;
  }
  if (row.request_hash !== (request.requestHash ?? null)) {
    throw new OperationConflictError(
      `requestId ${request.requestId} was used for another request (operation ${row.id}). Use a new one for a new request.`,
      row.id,
    );
  }
  return toOperation(row);
}

/**
 * What an older operation was asked for may not be wanted any more.
 *
 * @throws OperationConflictError when another one came after it
 */
async function requireYoungest(
  tx: Knex.Transaction,
  environment: { id: string; name: string },
  operationId: string,
): Promise<void> {
  const youngest = await tx<OperationRow>('operations')
    .where('environment_id', environment.id)
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first('id', 'goal', 'state');
  if (youngest && youngest.id !== operationId) {
    throw new OperationConflictError(
      `Operation ${operationId} is not the last one of ${environment.name} any more: ${youngest.id} (${youngest.goal}, ${youngest.state}) came after it. Ask for what you want now instead.`,
      youngest.id,
    );
  }
}

/** A removal comes: what is queued never starts, what runs stops. */
async function stopForRemoval(
  tx: Knex.Transaction,
  apply: Operation,
  now: Date,
): Promise<void> {
  const untouched =
    apply.state === 'queued' || apply.state === 'awaiting-approval';
  // A claim may come in between the read and this write: the state is compared.
  const [row] = await tx<OperationRow>('operations')
    .where({ id: apply.id, state: apply.state })
    .whereNull('finished_at')
    .update({
      ...fromAim({ kind: 'stop' }),
      ...(untouched
        ? { state: 'cancelled', finished_at: now.getTime() }
        : { state: 'cancelling', next_attempt_at: now.getTime() }),
    })
    .returning('*');
  if (row) {
    await appendEvents(tx, apply.id, [{ operation: toOperation(row) }], now);
    return;
  }
  const current = await tx<OperationRow>('operations')
    .where('id', apply.id)
    .whereNull('finished_at')
    .first();
  if (current) {
    await stopForRemoval(tx, toOperation(current), now);
  }
}
