import { z } from 'zod';

/** `error` of an action that failed. */
export const actionError = z.object({ code: z.string(), message: z.string() });

/** A resource that an action is about. */
const actionResource = z.object({ id: z.int(), type: z.string() });

/** An action as the API answers it. */
export const actionAnswer = z.object({
  id: z.int(),
  command: z.string(),
  status: z.enum(['running', 'success', 'error']),
  progress: z.int().min(0).max(100),
  started: z.string(),
  finished: z.string().nullable(),
  resources: z.array(actionResource),
  error: actionError.nullable(),
});

/** An action as the API answers it. */
export type ActionAnswer = z.infer<typeof actionAnswer>;

/** An action as it is kept: enough to go on with it after a restart. */
export const storedAction = z.object({
  ...actionAnswer.omit({ progress: true, started: true, finished: true }).shape,
  /** Epoch milliseconds. */
  started: z.number(),
  finished: z.number().nullable(),
  /** Name of the effect that its end has, and what the effect needs to know. */
  effect: z.string(),
  args: z.unknown(),
  /** How long it takes once it runs, in seconds of the cloud. */
  seconds: z.number(),
  /** Epoch milliseconds when it left its queue; null while it waits. */
  begun: z.number().nullable(),
  /** Actions that must end well before it begins. */
  after: z.array(z.int()),
  /** Of the actions with the same queue only one runs at a time. */
  queue: z.string().nullable(),
  /** Resources (`server:42`) that no other action may touch meanwhile. */
  locks: z.array(z.string()),
  /** A delayed consequence that the API does not show as an action. */
  hidden: z.boolean(),
  /** Fault injection: end with this error instead of taking effect. */
  fault: actionError.nullable(),
  /** Fault injection: never end by itself. */
  hangs: z.boolean().default(false),
});

/** An action as it is kept. */
export type StoredAction = z.infer<typeof storedAction>;

/** The name of a resource in locks and queues. */
export const resourceKey = (type: string, id: number) => `${type}:${id}`;

/** When an action that has begun ends (epoch milliseconds); infinity for never. */
export function dueAt(action: StoredAction, speed: number): number {
  if (action.hangs) return Infinity;
  return (action.begun ?? Infinity) + (action.seconds * 1000) / speed;
}

/** An action as the API answers it at an instant (epoch milliseconds). */
export function actionView(
  action: StoredAction,
  now: number,
  speed: number,
): ActionAnswer {
  const { id, command, status, resources, error } = action;
  const passed =
    action.begun === null
      ? 0
      : (now - action.begun) / Math.max(1, dueAt(action, speed) - action.begun);
  return {
    id,
    command,
    status,
    // 100 would say that it has ended.
    progress:
      status === 'running'
        ? Math.floor(Math.min(0.99, Math.max(0, passed)) * 100)
        : 100,
    started: new Date(action.started).toISOString(),
    finished:
      action.finished === null ? null : new Date(action.finished).toISOString(),
    resources,
    error,
  };
}
