import type {
  ChangeType,
  OperationEventTypeEnum,
  OperationGoal,
  OperationState,
  StepState,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { BigIntColumn } from '../../database/BigIntColumn';
import type { PlacedStep } from '../mergeSteps';
import type { Aim, Operation, StoredEvent } from '../operation';

/** A row of `operations`. */
export type OperationRow = {
  id: string;
  environment_id: string;
  goal: OperationGoal;
  revision: number;
  previous_revision: number | null;
  aim: Aim['kind'];
  aim_revision: number | null;
  state: OperationState;
  initiator: string;
  request_id: string | null;
  request_hash: string | null;
  options: string;
  error: string | null;
  lease: string | null;
  lease_until: BigIntColumn | null;
  worker: string | null;
  taken_over_at: BigIntColumn | null;
  next_attempt_at: BigIntColumn;
  attempts: number;
  created_at: BigIntColumn;
  started_at: BigIntColumn | null;
  finished_at: BigIntColumn | null;
  details_removed_at: BigIntColumn | null;
  token_awaited_since: BigIntColumn | null;
};

/** A row of `operation_steps`. */
export type StepRow = {
  id: string;
  operation_id: string;
  key: string;
  kind: string;
  change: ChangeType;
  title: string;
  subject: string | null;
  state: StepState;
  progress: number | null;
  attempts: number;
  position: number;
  error: string | null;
  started_at: BigIntColumn | null;
  finished_at: BigIntColumn | null;
  needs: string | null;
  expected_seconds: number | null;
  provider_id: string | null;
  provider_actions: string | null;
  calls: string | null;
};

/** A row of `operation_events`. */
export type EventRow = {
  seq: BigIntColumn;
  operation_id: string;
  type: OperationEventTypeEnum;
  at: BigIntColumn;
  payload: string;
};

/** What the `payload` of an event holds, dates as ISO strings. */
export type EventPayload = Pick<
  StoredEvent,
  'message' | 'phrase' | 'stepId' | 'operation' | 'step'
>;

const toDate = (column: BigIntColumn | null) =>
  column === null ? undefined : new Date(Number(column));

const parsed = (column: string | null) =>
  column === null ? undefined : JSON.parse(column);

/** The aim that two columns hold. */
export function toAim(row: Pick<OperationRow, 'aim' | 'aim_revision'>): Aim {
  return row.aim === 'apply'
    ? { kind: 'apply', revision: row.aim_revision! }
    : { kind: row.aim };
}

/** The columns of an aim. */
export function fromAim(aim: Aim): Pick<OperationRow, 'aim' | 'aim_revision'> {
  return {
    aim: aim.kind,
    aim_revision: aim.kind === 'apply' ? aim.revision : null,
  };
}

/** A row as the rest of the plugin knows it. */
export function toOperation(row: OperationRow): Operation {
  return {
    id: row.id,
    environmentId: row.environment_id,
    goal: row.goal,
    revision: row.revision,
    previousRevision: row.previous_revision ?? undefined,
    aim: toAim(row),
    state: row.state,
    initiator: row.initiator,
    requestId: row.request_id ?? undefined,
    options: JSON.parse(row.options),
    error: parsed(row.error),
    attempts: row.attempts,
    takenOverAt: toDate(row.taken_over_at),
    createdAt: new Date(Number(row.created_at)),
    startedAt: toDate(row.started_at),
    finishedAt: toDate(row.finished_at),
  };
}

/** A row as the rest of the plugin knows it, with its place in the plan. */
export function toStep(row: StepRow): PlacedStep {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    change: row.change,
    title: row.title,
    subject: parsed(row.subject),
    state: row.state,
    progress: row.progress ?? undefined,
    attempts: row.attempts,
    position: row.position,
    error: parsed(row.error),
    startedAt: toDate(row.started_at),
    finishedAt: toDate(row.finished_at),
    needs: parsed(row.needs),
    expectedSeconds: row.expected_seconds ?? undefined,
    providerId: row.provider_id ?? undefined,
    providerActions: parsed(row.provider_actions),
    calls: parsed(row.calls),
  };
}

/** The columns of a step; those that are absent are null. */
export function fromStep(step: PlacedStep): Omit<StepRow, 'operation_id'> {
  return {
    id: step.id,
    key: step.key,
    kind: step.kind,
    change: step.change,
    title: step.title,
    subject: step.subject ? JSON.stringify(step.subject) : null,
    state: step.state,
    progress: step.progress ?? null,
    attempts: step.attempts ?? 0,
    position: step.position,
    error: step.error ? JSON.stringify(step.error) : null,
    started_at: step.startedAt?.getTime() ?? null,
    finished_at: step.finishedAt?.getTime() ?? null,
    needs: asJson(step.needs),
    expected_seconds: step.expectedSeconds ?? null,
    provider_id: step.providerId ?? null,
    provider_actions: asJson(step.providerActions),
    calls: asJson(step.calls),
  };
}

function asJson(value: readonly unknown[] | undefined): string | null {
  return value && value.length > 0 ? JSON.stringify(value) : null;
}

/** A row as the rest of the plugin knows it, with dates for the times in its payload. */
export function toEvent(row: EventRow): StoredEvent {
  return {
    ...(JSON.parse(row.payload, reviveDates) as EventPayload),
    seq: Number(row.seq),
    operationId: row.operation_id,
    type: row.type,
    at: new Date(Number(row.at)),
  };
}

/** Times of the history are dates; those inside a step's details are not in events. */
function reviveDates(key: string, value: unknown): unknown {
  return key.endsWith('At') && typeof value === 'string'
    ? new Date(value)
    : value;
}
