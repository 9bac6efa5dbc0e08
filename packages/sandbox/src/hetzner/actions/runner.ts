import type { Clock } from '../../clock';
import type { Cloud } from '../cloud';
import { ActionError, ApiError, errors } from '../errors';
import { actionLatencies, drawSeconds } from '../latency';
import type { ActionFault } from '../faults/injection';
import type { Project } from '../project';
import { dueAt, resourceKey, StoredAction } from './action';
import { Effect, EffectContext, effectNamed } from './effect';

/** How an action is to run. */
export interface ActionOptions {
  resources: { type: string; id: number }[];
  /** Resources that no other action may touch meanwhile. */
  locks?: { type: string; id: number }[];
  queue?: string;
  after?: StoredAction[];
  hidden?: boolean;
  fault?: ActionFault | null;
}

/** Finished actions that a project remembers; older ones are forgotten. */
const KEPT_ACTIONS = 2000;

/** Kept beside the projects: most of their actions have ended, and are many. */
const runningActions = new WeakMap<Project, Map<number, StoredAction>>();

function runningIn(project: Project): Map<number, StoredAction> {
  let found = runningActions.get(project);
  if (!found) {
    found = new Map(
      [...project.actions].filter(([, { status }]) => status === 'running'),
    );
    runningActions.set(project, found);
  }
  return found;
}

/** A project's actions that have not ended, oldest first. */
export const running = (project: Project): StoredAction[] => [
  ...runningIn(project).values(),
];

/** Starts actions, keeps their queues and ends them when their time has come. */
export class ActionRunner {
  private cancelTimer = () => {};

  constructor(private readonly cloud: Cloud, private readonly clock: Clock) {}

  /** Starts an action, at once or when its queue and predecessors allow. */
  start<Args>(
    project: Project,
    effect: Effect<Args>,
    args: Args,
    options: ActionOptions,
  ): StoredAction {
    const id = this.cloud.newId();
    const fault = options.fault ?? null;
    const hangSeconds = fault && 'hangSeconds' in fault ? fault.hangSeconds : 0;
    const action: StoredAction = {
      id,
      command: effect.command,
      status: 'running',
      started: this.clock.now(),
      finished: null,
      resources: options.resources.map(({ type, id: of }) => ({
        id: of,
        type,
      })),
      error: null,
      effect: effect.name,
      args,
      seconds:
        drawSeconds(
          actionLatencies[effect.latency],
          this.cloud.settings.noiseSeed,
          effect.name,
          id,
        ) + (hangSeconds ?? 0),
      begun: null,
      after: (options.after ?? []).map(earlier => earlier.id),
      queue: options.queue ?? null,
      locks: (options.locks ?? []).map(({ type, id: of }) =>
        resourceKey(type, of),
      ),
      hidden: options.hidden ?? false,
      fault: fault && 'error' in fault ? fault.error : null,
      hangs: hangSeconds === null,
    };
    project.actions.set(id, action);
    runningIn(project).set(id, action);
    this.cloud.actionChanged(project, action);
    this.advance(project);
    this.schedule();
    return action;
  }

  /** Ends whatever is due and sets the timer for what is due next. */
  schedule(): void {
    this.cancelTimer();
    const next = this.nextDue();
    if (!next) {
      this.cancelTimer = () => {};
      return;
    }
    this.cancelTimer = this.clock.after(next.due - this.clock.now(), () =>
      this.tick(),
    );
  }

  /** When the next action ends (epoch milliseconds); null when none will by itself. */
  nextEnd(): number | null {
    return this.nextDue()?.due ?? null;
  }

  /** How many actions run that the API shows. */
  runningCount(): number {
    return [...this.cloud.projects.values()]
      .flatMap(running)
      .filter(action => !action.hidden).length;
  }

  /**
   * Ends a running action now, well when there is no error.
   *
   * @returns the action; undefined when none of this id has begun and not ended
   */
  endNow(id: number, error: ActionError | null): StoredAction | undefined {
    for (const project of this.cloud.projects.values()) {
      const action = runningIn(project).get(id);
      if (!action || action.begun === null) continue;
      action.fault = error;
      this.end(project, action);
      this.advance(project);
      this.cloud.changed(project);
      this.schedule();
      return action;
    }
    return undefined;
  }

  /** Stops the timer; kept actions go on when a new runner schedules. */
  stop(): void {
    this.cancelTimer();
    this.cancelTimer = () => {};
  }

  private tick(): void {
    for (
      let next = this.nextDue();
      next && next.due <= this.clock.now();
      next = this.nextDue()
    ) {
      const { project, action } = next;
      this.end(project, action);
      this.advance(project);
      this.cloud.changed(project);
    }
    this.schedule();
  }

  private nextDue() {
    const { speed } = this.cloud.settings;
    let next:
      | { project: Project; action: StoredAction; due: number }
      | undefined;
    for (const project of this.cloud.projects.values()) {
      for (const action of running(project)) {
        const due = dueAt(action, speed);
        if (Number.isFinite(due) && (!next || due < next.due)) {
          next = { project, action, due };
        }
      }
    }
    return next;
  }

  private context(project: Project, action: StoredAction): EffectContext {
    return { cloud: this.cloud, project, action, now: this.clock.now() };
  }

  /** Lets every action begin that no longer has to wait. */
  private advance(project: Project): void {
    for (const action of running(project)) {
      if (action.begun !== null || action.status !== 'running') continue;
      const before = action.after.map(id => project.actions.get(id));
      if (before.some(earlier => earlier?.status === 'error')) {
        this.fail(project, action, {
          code: 'action_canceled',
          message: 'canceled because an earlier action failed',
        });
        continue;
      }
      const mustWait =
        before.some(earlier => earlier?.status === 'running') ||
        (action.queue !== null &&
          running(project).some(
            other => other.queue === action.queue && other.begun !== null,
          ));
      if (mustWait) continue;
      action.begun = this.clock.now();
      const effect = effectNamed(action.effect);
      const failure = this.attempt(() =>
        effect.begin?.(
          effect.args.parse(action.args),
          this.context(project, action),
        ),
      );
      if (failure) this.fail(project, action, failure);
    }
  }

  private end(project: Project, action: StoredAction): void {
    const effect = effectNamed(action.effect);
    const failure =
      action.fault ??
      this.attempt(() =>
        effect.succeed(
          effect.args.parse(action.args),
          this.context(project, action),
        ),
      );
    if (failure) {
      this.fail(project, action, failure);
      return;
    }
    this.finish(project, action, 'success', null);
  }

  private fail(
    project: Project,
    action: StoredAction,
    error: ActionError,
  ): void {
    const effect = effectNamed(action.effect);
    this.attempt(() =>
      effect.fail?.(
        effect.args.parse(action.args),
        this.context(project, action),
        error,
      ),
    );
    this.finish(project, action, 'error', error);
  }

  /** Runs a part of an effect; the action ends with the error that it meets. */
  private attempt(run: () => void): ActionError | null {
    try {
      run();
      return null;
    } catch (error) {
      if (error instanceof ApiError) {
        return { code: error.code, message: error.message };
      }
      this.cloud.report(`An action failed: ${(error as Error).stack}`);
      return { code: 'unknown_error', message: 'internal error' };
    }
  }

  private finish(
    project: Project,
    action: StoredAction,
    status: 'success' | 'error',
    error: ActionError | null,
  ): void {
    runningIn(project).delete(action.id);
    action.status = status;
    action.error = error;
    action.finished = this.clock.now();
    this.cloud.actionChanged(project, action);
    forgetOldActions(project);
  }
}

/** True while an action holds the resource. */
export function isLocked(project: Project, type: string, id: number): boolean {
  const key = resourceKey(type, id);
  for (const action of runningIn(project).values()) {
    if (action.locks.includes(key)) return true;
  }
  return false;
}

/**
 * Refuses a change to a server while an action holds it.
 *
 * @throws ApiError 423
 */
export function requireUnlocked(
  project: Project,
  type: string,
  id: number,
): void {
  if (isLocked(project, type, id)) throw errors.locked(type);
}

function forgetOldActions(project: Project): void {
  if (project.actions.size <= KEPT_ACTIONS * 1.1) return;
  const finished = [...project.actions.values()].filter(
    action => action.status !== 'running',
  );
  for (const action of finished.slice(0, finished.length - KEPT_ACTIONS)) {
    project.actions.delete(action.id);
  }
}
