import type { Clock } from './clock';
import { FairQueue } from './FairQueue';

/** Refills add up fractions; milliseconds. */
const ROUNDING = 0.01;

/**
 * The requests that one connection may still send, shared by all that use it.
 *
 * A token bucket in the provider's image: it holds `limit` requests, refills
 * over an hour, and is corrected by the provider's own count in every answer,
 * because other clients draw from the same project (Hetzner Cloud API, "Rate
 * Limiting": 3600 requests an hour and project, refilled one a second).
 *
 * Who has to wait stands in a queue: interactive calls first; among each kind,
 * every share (an operation, a page) gets its turn, so that one with hundreds
 * of calls does not starve the others. The last tenth is for interactive calls.
 * Background calls go on at half the refill there, so that neither stands still.
 */
export class RateBudget {
  readonly #clock: Clock;
  readonly #reserveShare: number;
  readonly #queues = {
    interactive: new FairQueue(),
    background: new FairQueue(),
  };
  #limit: number;
  #tokens: number;
  #countedAt: number;
  #inFlight = 0;
  #lastFromReserve = -Infinity;
  #refusedUntil = -Infinity;
  #refusals = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(options: RateBudgetOptions) {
    this.#clock = options.clock;
    this.#limit = options.limit ?? 3600;
    this.#reserveShare = options.reserveShare ?? 0.1;
    this.#tokens = this.#limit;
    this.#countedAt = this.#clock.now();
  }

  /**
   * Waits until one request may be sent. Each one taken is `settle`d.
   *
   * @returns false if the signal was aborted first; nothing is taken then.
   */
  async take(request: TakeOptions): Promise<boolean> {
    const { priority, share, signal } = request;
    if (signal?.aborted) {
      return false;
    }
    const queue = this.#queues[priority];
    return new Promise(resolve => {
      const ticket = {
        admit() {
          signal?.removeEventListener('abort', ticket.leave);
          resolve(true);
        },
        leave() {
          queue.remove(share, ticket);
          resolve(false);
        },
      };
      signal?.addEventListener('abort', ticket.leave, { once: true });
      queue.add(share, ticket);
      this.#serve();
    });
  }

  /**
   * Says how a request that was taken ended: with the provider's count, without
   * one (no answer, no headers), or not sent at all.
   */
  settle(end: RateReading | 'no-count' | 'not-sent'): void {
    this.#refill();
    this.#inFlight -= 1;
    if (end === 'not-sent') {
      this.#tokens = Math.min(this.#limit, this.#tokens + 1);
    } else if (end !== 'no-count') {
      this.#correct(end);
    }
    this.#serve();
  }

  /** How many requests are kept for interactive calls. */
  get reserve(): number {
    return Math.floor(this.#reserve());
  }

  status(): BudgetStatus {
    this.#refill();
    const now = this.#clock.now();
    const free = this.#freeAt('background');
    return {
      limit: this.#limit,
      remaining: Math.floor(this.#tokens),
      ...(free > now + ROUNDING
        ? { pausedUntil: new Date(Math.ceil(free - ROUNDING)) }
        : {}),
      ...this.#slowness(),
    };
  }

  #slowness(): Pick<BudgetStatus, 'slowUntil'> {
    const now = this.#clock.now();
    const missing = this.#reserve() + 1 - this.#tokens;
    const until = Math.max(
      this.#refusedUntil,
      now + missing * this.#millisecondsPerToken(),
    );
    return until > now + ROUNDING
      ? { slowUntil: new Date(Math.ceil(until - ROUNDING)) }
      : {};
  }

  #correct(reading: RateReading): void {
    if (reading.limit !== undefined && reading.limit > 0) {
      this.#limit = reading.limit;
    }
    if (reading.remaining !== undefined) {
      // The provider has not counted what is still on its way to it.
      const known = reading.remaining - this.#inFlight;
      this.#tokens = Math.max(0, Math.min(this.#limit, known));
    }
    if (!reading.refused) {
      this.#refusals = 0;
      return;
    }
    const now = this.#clock.now();
    this.#tokens = 0;
    if (now < this.#refusedUntil) {
      // Sent before the pause began, with the one that began it.
      return;
    }
    // Someone else takes every token that comes back: give way for longer each
    // time, but not beyond the moment at which the bucket is full again.
    const pause = this.#millisecondsPerToken() * 2 ** this.#refusals;
    const full = reading.resetAt?.getTime() ?? Infinity;
    this.#refusals += 1;
    this.#refusedUntil = Math.max(
      now + this.#millisecondsPerToken(),
      Math.min(now + pause, full),
    );
  }

  #serve(): void {
    this.#refill();
    const now = this.#clock.now();
    for (const priority of ['interactive', 'background'] as const) {
      const queue = this.#queues[priority];
      while (queue.size > 0 && this.#freeAt(priority) <= now + ROUNDING) {
        if (priority === 'background' && this.#tokens - 1 < this.#reserve()) {
          this.#lastFromReserve = now;
        }
        this.#tokens -= 1;
        this.#inFlight += 1;
        queue.next()?.admit();
      }
    }
    this.#wakeForNext();
  }

  /** When a call of this priority could be sent, in milliseconds since 1970. */
  #freeAt(priority: TakeOptions['priority']): number {
    const now = this.#clock.now();
    const perToken = this.#millisecondsPerToken();
    const missing = Math.max(0, 1 - this.#tokens);
    const free = Math.max(this.#refusedUntil, now + missing * perToken);
    if (priority === 'interactive' || this.#tokens - 1 >= this.#reserve()) {
      return free;
    }
    const reserveFull = now + (this.#reserve() + 1 - this.#tokens) * perToken;
    const nextTurn = this.#lastFromReserve + 2 * perToken;
    return Math.max(free, Math.min(reserveFull, nextTurn));
  }

  #wakeForNext(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const due = (['interactive', 'background'] as const)
      .filter(priority => this.#queues[priority].size > 0)
      .map(priority => this.#freeAt(priority));
    if (due.length > 0) {
      const delay = Math.max(
        1,
        Math.ceil(Math.min(...due) - ROUNDING - this.#clock.now()),
      );
      this.#cancelTimer = this.#clock.schedule(delay, () => this.#serve());
    }
  }

  #refill(): void {
    const now = this.#clock.now();
    const gained = (now - this.#countedAt) / this.#millisecondsPerToken();
    this.#tokens = Math.min(this.#limit, this.#tokens + Math.max(0, gained));
    this.#countedAt = now;
  }

  #millisecondsPerToken(): number {
    return 3_600_000 / this.#limit;
  }

  #reserve(): number {
    return this.#limit * this.#reserveShare;
  }
}

export interface RateBudgetOptions {
  clock: Clock;
  /** Requests an hour, until an answer says otherwise. 3600 by default. */
  limit?: number;
  /** What is kept for interactive calls, as a part of the limit. 0.1 by default. */
  reserveShare?: number;
}

export interface TakeOptions {
  priority: 'interactive' | 'background';
  /** Whose turn it is: calls of one operation share one. */
  share: object;
  signal?: AbortSignal;
}

/** What an answer's headers say about the provider's own count. */
export interface RateReading {
  /** RateLimit-Limit: requests an hour. */
  limit?: number;
  /** RateLimit-Remaining: what was left after this request. */
  remaining?: number;
  /** RateLimit-Reset: when the bucket would be full again. */
  resetAt?: Date;
  /** Whether this request was refused for lack of tokens (429). */
  refused: boolean;
}

export interface BudgetStatus {
  limit: number;
  remaining: number;
  /** When the next background call may go; absent if one may go now. */
  pausedUntil?: Date;
  /**
   * When background calls no longer wait for each other, if none were made until
   * then; absent if they do not now.
   */
  slowUntil?: Date;
}
