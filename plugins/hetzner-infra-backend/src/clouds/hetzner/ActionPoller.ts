import type { Clock } from '../clock';
import { CloudError } from '../CloudError';
import { ownCodes } from '../ownCodes';
import type { Action } from './apiTypes';
import { ActionWaiter } from './ActionWaiter';
import { ActionDurations } from './ActionDurations';
import {
  callsPerPoll,
  IDS_PER_CALL,
  nextPollAt,
  type PollPacing,
} from './pollPacing';
import type { WaitOptions } from './HetznerCloud';

export interface ActionPollerOptions {
  clock: Clock;
  pacing: PollPacing;
  /** `GET /actions?id=…` for at most IDS_PER_CALL ids. */
  read: (ids: number[]) => Promise<Action[]>;
  /** What is left of the rate budget, 0–1. */
  remainingShare: () => number;
}

/**
 * The longest that is known to end well: snapshots of large disks and type
 * changes take up to an hour in field reports, all that the portal waits for
 * less than ten minutes.
 */
const LONGEST_WAIT_SECONDS = 20 * 60;

/**
 * Waits for actions on behalf of everyone on one connection.
 *
 * The ids of all waiters are asked for together. How long the provider's
 * actions take is learned from those that ended: while none is expected to end
 * polls are saved up, and spent when one is. Over time
 * there is no more than one a second. Nothing is polled, and no timer runs,
 * while nobody waits.
 */
export class ActionPoller {
  readonly #options: ActionPollerOptions;
  readonly #waiters = new Set<ActionWaiter>();
  readonly #durations: ActionDurations;
  #lastPollAt = -Infinity;
  #savedCalls: number;
  #savedAt: number;
  #polling = false;
  #cancelTimer: (() => void) | undefined;

  constructor(options: ActionPollerOptions) {
    this.#options = options;
    this.#durations = new ActionDurations(options.pacing.typicalSeconds);
    this.#savedCalls = options.pacing.mostSavedCalls;
    this.#savedAt = options.clock.now();
  }

  /** @throws CloudError as HetznerCloud.waitFor says. */
  async wait(
    actions: readonly Action[],
    { signal, onProgress, ofOthers }: WaitOptions = {},
  ): Promise<Action[]> {
    const { clock } = this.#options;
    const waiter = new ActionWaiter(actions, clock.now(), {
      onProgress,
      teaches: !ofOthers,
    });
    if (!waiter.settled) {
      const abort = () => {
        waiter.abort();
        this.#leave(waiter);
      };
      this.#waiters.add(waiter);
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) {
        abort();
      }
      this.#schedule();
      return waiter.result.finally(() =>
        signal?.removeEventListener('abort', abort),
      );
    }
    return waiter.result;
  }

  #leave(waiter: ActionWaiter): void {
    this.#waiters.delete(waiter);
    this.#schedule();
  }

  #schedule(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#waiters.size === 0 || this.#polling) {
      return;
    }
    const { clock, pacing, remainingShare } = this.#options;
    this.#saveCalls();
    const dueAt = nextPollAt(pacing, {
      since: this.#firstWait(),
      expectedAt: Math.min(
        ...[...this.#waiters].map(waiter => this.#expectedAt(waiter)),
      ),
      lastPollAt: this.#lastPollAt,
      savedCalls: this.#savedCalls,
      asked: this.#askedIds().length,
      remainingShare: remainingShare(),
    });
    this.#cancelTimer = clock.schedule(Math.max(0, dueAt - clock.now()), () =>
      this.#poll(),
    );
  }

  /**
   * Nobody is told anything before the last of a waiter's actions can have
   * ended. The others begin when the first has ended.
   */
  #expectedAt(waiter: ActionWaiter): number {
    const quiet = (action: Action) =>
      this.#durations.quietSeconds(action.command);
    const { first, later } = waiter.running();
    const seconds =
      (first ? quiet(first) : 0) + Math.max(0, ...later.map(quiet));
    const { firstSeconds } = this.#options.pacing;
    return waiter.stageSince + 1000 * Math.max(firstSeconds, seconds);
  }

  /** Since when somebody waits, of those who still do. */
  #firstWait(): number {
    return Math.min(...[...this.#waiters].map(waiter => waiter.since));
  }

  /** Calls are saved as time goes by, as the budget itself refills. */
  #saveCalls(): void {
    const { clock, pacing } = this.#options;
    const now = clock.now();
    this.#savedCalls = Math.min(
      pacing.mostSavedCalls,
      this.#savedCalls + (now - this.#savedAt) / 1000 / pacing.everySeconds,
    );
    this.#savedAt = now;
  }

  /** Gives up on what the provider does not end: whoever waits looks at the object itself next. */
  #giveUpOverdue(): void {
    const now = this.#options.clock.now();
    for (const waiter of this.#waiters) {
      if (now - waiter.since >= LONGEST_WAIT_SECONDS * 1000) {
        waiter.fail(overdue(waiter.runningIds()));
        this.#waiters.delete(waiter);
      }
    }
  }

  async #poll(): Promise<void> {
    this.#giveUpOverdue();
    if (this.#waiters.size === 0) {
      this.#schedule();
      return;
    }
    this.#polling = true;
    this.#lastPollAt = this.#options.clock.now();
    this.#saveCalls();
    const ids = this.#askedIds();
    this.#savedCalls = Math.max(0, this.#savedCalls - callsPerPoll(ids.length));
    const calls: Promise<void>[] = [];
    for (let start = 0; start < ids.length; start += IDS_PER_CALL) {
      calls.push(this.#pollSome(ids.slice(start, start + IDS_PER_CALL)));
    }
    await Promise.all(calls);
    this.#polling = false;
    this.#schedule();
  }

  async #pollSome(ids: number[]): Promise<void> {
    const waiters = this.#waitersFor(ids);
    try {
      const found = new Map(
        (await this.#options.read(ids)).map(action => [action.id, action]),
      );
      for (const { first, teaches } of waiters) {
        const ended =
          teaches && first?.status === 'running' && found.get(first.id);
        if (ended) this.#durations.observe(ended);
      }
      for (const waiter of waiters) {
        const asked = waiter.runningIds().filter(id => ids.includes(id));
        const missing = asked.find(id => !found.has(id));
        if (missing === undefined) {
          waiter.update(
            asked.flatMap(id => found.get(id) ?? []),
            this.#options.clock.now(),
          );
        } else {
          waiter.fail(unknownAction(missing));
        }
      }
    } catch (error) {
      waiters.forEach(waiter => waiter.fail(error));
    }
    for (const waiter of waiters) {
      if (waiter.settled) {
        this.#waiters.delete(waiter);
      }
    }
  }

  #runningIds(): number[] {
    return idsOf(this.#waiters, waiter => waiter.runningIds());
  }

  /** All that run while one call takes them; else only those that can end next. */
  #askedIds(): number[] {
    const running = this.#runningIds();
    return running.length <= IDS_PER_CALL
      ? running
      : idsOf(this.#waiters, waiter => waiter.nextIds());
  }

  #waitersFor(ids: number[]): ActionWaiter[] {
    return [...this.#waiters].filter(waiter =>
      waiter.runningIds().some(id => ids.includes(id)),
    );
  }
}

function idsOf(
  waiters: Iterable<ActionWaiter>,
  pick: (waiter: ActionWaiter) => number[],
): number[] {
  return [...new Set([...waiters].flatMap(pick))].sort((a, b) => a - b);
}

function overdue(ids: number[]): CloudError {
  return new CloudError({
    code: ownCodes.actionOverdue,
    message: `Hetzner Cloud has not ended action ${ids.join(', ')} within ${
      LONGEST_WAIT_SECONDS / 60
    } minutes. It is looked at again; if it stays like this, ask Hetzner’s support.`,
    outcome: 'unknown',
    operation: { method: 'GET', path: '/actions' },
  });
}

function unknownAction(id: number): CloudError {
  return new CloudError({
    code: ownCodes.actionNotFound,
    message: `Hetzner Cloud does not know action ${id}, which it returned before. Whether it took effect shows on the object itself.`,
    outcome: 'unknown',
    operation: { method: 'GET', path: '/actions' },
  });
}
