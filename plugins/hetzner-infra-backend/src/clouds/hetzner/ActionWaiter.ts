import { CloudError } from '../CloudError';
import { ownCodes } from '../ownCodes';
import { actionFailure } from './actionFailure';
import type { Action } from './apiTypes';

/** One caller waiting for some actions. */
export class ActionWaiter {
  readonly result: Promise<Action[]>;
  /** When it began to wait, in milliseconds since 1970. */
  readonly since: number;
  /** Since when what runs now has been running: the others begin when the first action has ended. */
  stageSince: number;
  settled = false;
  /** Whether its first action was started for it, so that its time tells how long such actions take. */
  readonly teaches: boolean;
  readonly #actions: Map<number, Action>;
  readonly #onProgress?: (percent: number) => void;
  #resolve!: (actions: Action[]) => void;
  #reject!: (error: unknown) => void;
  #progress = -1;

  constructor(
    actions: readonly Action[],
    since: number,
    {
      onProgress,
      teaches = true,
    }: { onProgress?: (percent: number) => void; teaches?: boolean } = {},
  ) {
    this.teaches = teaches;
    this.since = since;
    this.stageSince = since;
    this.#actions = new Map(actions.map(action => [action.id, action]));
    this.#onProgress = onProgress;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Who waits handles it; until then a rejection is not a stray one.
    this.result.catch(() => {});
    this.#look();
  }

  /** What has to be asked for; nothing once it is settled. */
  runningIds(): number[] {
    return this.#running().map(({ id }) => id);
  }

  /** The part of these that can end next: while the first runs, the others wait for it. */
  nextIds(): number[] {
    const { first, later } = this.running();
    return (first ? [first] : later).map(({ id }) => id);
  }

  /** The first of its actions while it runs, and the others that do. */
  running(): { first?: Action; later: Action[] } {
    const running = this.#running();
    const first = running.find(action => action.id === this.first?.id);
    return { first, later: running.filter(action => action !== first) };
  }

  /**
   * The first of its actions, which the provider started at once; the others
   * may wait for it.
   */
  get first(): Action | undefined {
    return this.#actions.values().next().value;
  }

  /** Takes over what a poll found. */
  update(actions: readonly Action[], now: number): void {
    const firstRan = this.running().first !== undefined;
    actions.forEach(action => this.#actions.set(action.id, action));
    if (firstRan && !this.running().first) this.stageSince = now;
    try {
      this.#look();
    } catch (error) {
      // A progress callback that throws ends its own waiting only.
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    this.settled = true;
    this.#reject(error);
  }

  abort(): void {
    const running = this.runningIds();
    this.fail(
      new CloudError({
        code: ownCodes.aborted,
        message: `Hetzner Cloud: waiting was cancelled; actions ${running.join(
          ', ',
        )} go on.`,
        outcome: 'unknown',
        operation: { method: 'GET', path: '/actions' },
      }),
    );
  }

  #running(): Action[] {
    return this.settled ? [] : [...this.#actions.values()].filter(isRunning);
  }

  #look(): void {
    if (this.settled) {
      return;
    }
    const actions = [...this.#actions.values()];
    const failed = actions.find(({ status }) => status === 'error');
    if (failed) {
      this.fail(actionFailure(failed));
      return;
    }
    this.#report(actions);
    if (!actions.some(isRunning)) {
      this.settled = true;
      this.#resolve(actions);
    }
  }

  #report(actions: Action[]): void {
    const sum = actions
      .map(action => (isRunning(action) ? action.progress : 100))
      .reduce((total, progress) => total + progress, 0);
    const mean = actions.length > 0 ? Math.floor(sum / actions.length) : 100;
    if (mean !== this.#progress) {
      this.#progress = mean;
      this.#onProgress?.(mean);
    }
  }
}

function isRunning(action: Action): boolean {
  return action.status === 'running';
}
