import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '../clouds/clock';
import { isTerminal, type StoredEvent } from './operation';
import type { OperationSignals } from './OperationSignals';
import type { OperationStore } from './OperationStore';

/** How often the table is asked for what other replicas wrote, while anybody follows. */
const POLL_MS = 1000;

type Follower = { operationId: string; seen: number; wake: () => void };

/** Remembers one ring, so that a wake-up between two looks is not lost. */
class Bell {
  #isRung = false;
  #answer: (() => void) | undefined;

  ring(): void {
    this.#isRung = true;
    this.#answer?.();
  }

  async rung(): Promise<void> {
    if (!this.#isRung) {
      await new Promise<void>(resolve => {
        this.#answer = resolve;
      });
    }
    this.#isRung = false;
    this.#answer = undefined;
  }
}

/**
 * Follows the histories of operations. What this process writes is seen at
 * once; what another replica writes within a second, by one query for all
 * followers. The table decides in both cases, so nothing is missed and nothing
 * comes twice.
 */
export class OperationEvents {
  readonly #followers = new Set<Follower>();
  #cancelPoll: (() => void) | undefined;

  constructor(
    private readonly options: {
      store: Pick<OperationStore, 'eventsAfter' | 'lastSeqs' | 'find'>;
      signals: OperationSignals;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /**
   * Everything after `seq`, first what is there and then what comes, until the
   * operation has ended or the signal is aborted.
   */
  async *follow(
    operationId: string,
    seq: number,
    signal: AbortSignal,
  ): AsyncGenerator<StoredEvent> {
    const { store, signals } = this.options;
    const bell = new Bell();
    const follower = { operationId, seen: seq, wake: () => bell.ring() };
    const stopListening = signals.onEvents(operationId, follower.wake);
    signal.addEventListener('abort', follower.wake);
    this.#followers.add(follower);
    this.#poll();
    try {
      while (!signal.aborted) {
        // Asked before the events are read: an end that is seen has its events.
        const operation = await store.find(operationId);
        const events = await store.eventsAfter(operationId, follower.seen);
        for (const event of events) {
          follower.seen = event.seq;
          yield event;
        }
        if (events.length === 0) {
          if (!operation || isTerminal(operation.state)) {
            return;
          }
          await bell.rung();
        }
      }
    } finally {
      stopListening();
      signal.removeEventListener('abort', follower.wake);
      this.#followers.delete(follower);
      if (this.#followers.size === 0) {
        this.#cancelPoll?.();
        this.#cancelPoll = undefined;
      }
    }
  }

  #poll(): void {
    this.#cancelPoll ??= this.options.clock.schedule(POLL_MS, async () => {
      this.#cancelPoll = undefined;
      try {
        await this.#wakeThoseBehind();
      } catch (error) {
        this.options.logger.warn(
          'The histories of operations could not be read; asking again',
          error as Error,
        );
      }
      if (this.#followers.size > 0) {
        this.#poll();
      }
    });
  }

  async #wakeThoseBehind(): Promise<void> {
    const followers = [...this.#followers];
    const last = await this.options.store.lastSeqs([
      ...new Set(followers.map(f => f.operationId)),
    ]);
    for (const follower of followers) {
      if ((last.get(follower.operationId) ?? 0) > follower.seen) {
        follower.wake();
      }
    }
  }
}
