import type {
  Operation,
  OperationEvent,
  OperationStep,
  Phrase,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** One line of an operation's event log: words of the backend, or what became of a step. */
export interface LogLine {
  seq: number;
  /** ISO 8601. */
  at: string;
  message?: string;
  /** The words by what they say. */
  phrases?: readonly Phrase[];
  /** The step that the words are about. */
  stepId?: string;
  step?: Pick<
    OperationStep,
    'id' | 'title' | 'state' | 'change' | 'kind' | 'subject'
  >;
}

/** An operation as it was read, with the events since then merged in. */
export interface FollowedOperation {
  operation?: Operation;
  /** Everything that happened, oldest first. */
  log: readonly LogLine[];
  /** `seq` of the last event taken in; 0 before the first. */
  lastSeq: number;
  /** The youngest instant, in milliseconds since 1970, that the last read is known to include. */
  knownUntil: number;
}

export type FollowAction =
  /** `asOf` is the `lastSeq` of when the read was asked for. */
  | { type: 'read'; operation: Operation; asOf: number }
  | { type: 'event'; event: OperationEvent };

export const NOTHING_FOLLOWED: FollowedOperation = {
  log: [],
  lastSeq: 0,
  knownUntil: -Infinity,
};

/**
 * Merges reads and events of one operation into what the page shows.
 *
 * The stream replays an operation's events from its first one, so that the log is complete for
 * whoever comes late. What is older than the last read is part of that read already and goes only
 * to the log; otherwise finished steps would run again before the viewer's eyes.
 */
export function followOperation(
  state: FollowedOperation,
  action: FollowAction,
): FollowedOperation {
  if (action.type === 'read') {
    if (state.operation && state.lastSeq > action.asOf) {
      // Events overtook the read: it may be older than what is shown already.
      return {
        ...state,
        operation: withDetailsOf(state.operation, action.operation),
      };
    }
    return {
      ...state,
      operation: action.operation,
      knownUntil: youngestInstant(action.operation),
    };
  }
  const { event } = action;
  if (event.seq <= state.lastSeq) return state;
  return {
    ...state,
    lastSeq: event.seq,
    log: withLine(state.log, event),
    operation:
      state.operation && Date.parse(event.at) >= state.knownUntil
        ? merge(state.operation, event)
        : state.operation,
  };
}

function withLine(
  log: readonly LogLine[],
  { seq, at, message, phrase, stepId, operation, step }: OperationEvent,
): readonly LogLine[] {
  // An operation tells its state in words each time, also when only something else changed.
  const sentence = log.some(line => line.message === operation?.sentence)
    ? undefined
    : operation?.sentence;
  const words = message ?? sentence;
  if (words) {
    const phrases =
      message === undefined ? operation?.phrases : phrase && [phrase];
    return [
      ...log,
      { seq, at, message: words, ...(phrases && { phrases }), stepId },
    ];
  }
  // A plan is made of waiting steps, and a step tells its progress again and again: no news.
  if (!step || step.state === 'waiting') return log;
  const before = log.findLast(line => line.step?.id === step.id);
  if (before?.step?.state === step.state) return log;
  const { id, title, state, change, kind, subject } = step;
  return [
    ...log,
    { seq, at, step: { id, title, state, change, kind, subject } },
  ];
}

function merge(operation: Operation, event: OperationEvent): Operation {
  if (event.type === 'operation') {
    return { ...operation, ...event.operation, steps: operation.steps };
  }
  const { step } = event;
  return step
    ? { ...operation, steps: withStep(operation.steps, step) }
    : operation;
}

function withStep(steps: OperationStep[], step: OperationStep) {
  return steps.some(({ id }) => id === step.id)
    ? steps.map(known =>
        known.id === step.id ? { ...step, ...detailsOf(known) } : known,
      )
    : [...steps, step];
}

/** What events do not carry. */
function detailsOf({ providerActions, calls, consoleUrl }: OperationStep) {
  return { providerActions, calls, consoleUrl };
}

function withDetailsOf(operation: Operation, read: Operation): Operation {
  const byId = new Map(read.steps.map(step => [step.id, step]));
  return {
    ...operation,
    steps: operation.steps.map(step => {
      const found = byId.get(step.id);
      return found ? { ...step, ...detailsOf(found) } : step;
    }),
  };
}

function youngestInstant(operation: Operation): number {
  const instants = [
    operation.createdAt,
    operation.startedAt,
    operation.finishedAt,
    ...operation.steps.flatMap(step => [step.startedAt, step.finishedAt]),
  ];
  return Math.max(
    ...instants.flatMap(instant => (instant ? [Date.parse(instant)] : [])),
  );
}
