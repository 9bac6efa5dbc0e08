import type { Clock } from '../clock';
import { CloudError } from '../CloudError';
import { ownCodes } from '../ownCodes';
import type { Action } from './apiTypes';
import { ActionWaiter } from './ActionWaiter';
import {
  IDS_PER_CALL,
  pollIntervalSeconds,
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
 * Waits for actions on behalf of everyone on one connection.
 *
 * The ids of all waiters are asked for together. A poll is due when the first
 * waiter's is: half a second after it joined, and then about one a second. A
 * waiter that joins in between rides along with the next poll and makes no
 * extra one. Nothing is polled, and no timer runs, while nobody waits.
 */
export class ActionPoller {
  readonly #options: ActionPollerOptions;
  readonly #waiters = new Set<ActionWaiter>();
  #lastPollAt = -Infinity;
  #polling = false;
  #cancelTimer: (() => void) | undefined;

  constructor(options: ActionPollerOptions) {
    this.#options = options;
  }

  /** @throws CloudError as HetznerCloud.waitFor says. */
  async wait(
    actions: readonly Action[],
    { signal, onProgress }: WaitOptions = {},
  ): Promise<Action[]> {
    const { clock, pacing } = this.#options;
    const waiter = new ActionWaiter(actions, onProgress);
    if (!waiter.settled) {
      waiter.dueAt = clock.now() + pacing.firstSeconds * 1000;
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
    const interval =
      1000 *
      pollIntervalSeconds(pacing, this.#runningIds().length, remainingShare());
    const firstDue = Math.min(...[...this.#waiters].map(w => w.dueAt));
    const dueAt = Math.max(firstDue, this.#lastPollAt + interval);
    this.#cancelTimer = clock.schedule(Math.max(0, dueAt - clock.now()), () =>
      this.#poll(),
    );
  }

  async #poll(): Promise<void> {
    this.#polling = true;
    this.#lastPollAt = this.#options.clock.now();
    const ids = this.#runningIds();
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
      for (const waiter of waiters) {
        const asked = waiter.runningIds().filter(id => ids.includes(id));
        const missing = asked.find(id => !found.has(id));
        if (missing === undefined) {
          waiter.update(asked.flatMap(id => found.get(id) ?? []));
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
    const ids = [...this.#waiters].flatMap(waiter => waiter.runningIds());
    return [...new Set(ids)].sort((a, b) => a - b);
  }

  #waitersFor(ids: number[]): ActionWaiter[] {
    return [...this.#waiters].filter(waiter =>
      waiter.runningIds().some(id => ids.includes(id)),
    );
  }
}

function unknownAction(id: number): CloudError {
  return new CloudError({
    code: ownCodes.actionNotFound,
    message: `Hetzner Cloud does not know action ${id}, which it returned before. Whether it took effect shows on the object itself.`,
    outcome: 'unknown',
    operation: { method: 'GET', path: '/actions' },
  });
}
