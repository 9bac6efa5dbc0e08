import type { LoggerService } from '@backstage/backend-plugin-api';
import { sleep } from '../clouds/clock';
import {
  isSameAim,
  isTerminal,
  LeaseLostError,
  type Operation,
} from './operation';
import type { OperationSignals } from './OperationSignals';
import type { Claim } from './OperationStore';
import type { RunnerPulse } from '../health/healthOf';
import { clearLateCalls } from './lateCalls';
import { reconcile } from './reconcile';
import type { ReconcileDependencies, Work } from './work';

/** How the runner shares work with other workers. */
export interface RunnerOptions {
  /** Names this process in the rows it holds. */
  worker: string;
  /** Operations at once; each waits most of the time. */
  concurrency: number;
  /** How often the table is looked at when nobody calls. Milliseconds. */
  pollMs: number;
  /** Told when work on an operation begins here; what it returns is told when it is over or goes elsewhere. */
  onClaimed?: (claim: Claim) => () => void;
  /** Told of each operation that ended here. */
  onEnded?: (operation: Operation) => Promise<void>;
}

/** Renews this often within one lease, so that one late renewal does not lose it. */
const RENEWALS_PER_LEASE = 3;

/** After so many stumbles an operation ends as failed. */
const MOST_STUMBLES = 5;

/**
 * Claims operations and works on them until it is stopped. Any number of
 * runners, in any number of processes, share one database: a lease says whose
 * an operation is, and one that is not renewed in time is another's.
 */
export class OperationRunner {
  readonly #stopping = new AbortController();
  readonly #working = new Set<Promise<void>>();
  /** Looks after calls that may have come late; they take no place of an operation. */
  readonly #looking = new Set<Promise<void>>();
  /** How often each operation stumbled in this process. */
  readonly #stumbles = new Map<string, number>();
  #stopListening: (() => void) | undefined;
  #cancelPoll: (() => void) | undefined;
  #lastTurnAt: number | undefined;
  #claiming = false;
  #claimAgain = false;

  constructor(
    private readonly dependencies: ReconcileDependencies,
    private readonly signals: OperationSignals,
    private readonly logger: LoggerService,
    private readonly options: RunnerOptions,
  ) {}

  /** Starts to claim. */
  start() {
    this.#stopListening = this.signals.onWork(() => this.#wake());
    this.#lastTurnAt = this.dependencies.clock.now();
    this.#wake();
  }

  /** When the loop that claims came round for the last time. */
  get pulse(): RunnerPulse {
    return {
      lastTurnAt: this.#lastTurnAt,
      isStopping: this.#stopping.signal.aborted,
    };
  }

  /** Stops claiming and gives back what it holds, so that another worker need not wait for a lease to end. */
  async stop() {
    this.#stopListening?.();
    this.#cancelPoll?.();
    this.#stopping.abort();
    await Promise.all([...this.#working, ...this.#looking]);
  }

  #wake() {
    if (this.#claiming) {
      this.#claimAgain = true;
      return;
    }
    this.#claiming = true;
    this.#cancelPoll?.();
    void this.#claimAll().finally(() => {
      this.#claiming = false;
      this.#lastTurnAt = this.dependencies.clock.now();
      if (this.#stopping.signal.aborted) return;
      if (this.#claimAgain) {
        this.#claimAgain = false;
        this.#wake();
        return;
      }
      this.#cancelPoll = this.dependencies.clock.schedule(
        this.options.pollMs,
        () => this.#wake(),
      );
    });
  }

  async #claimAll() {
    const { store, clock, leaseMs } = this.dependencies;
    while (
      !this.#stopping.signal.aborted &&
      this.#working.size < this.options.concurrency
    ) {
      let claim: Claim | undefined;
      try {
        claim = await store.claim({
          worker: this.options.worker,
          leaseMs,
          now: new Date(clock.now()),
        });
      } catch (error) {
        this.logger.error('Operations could not be claimed', error as Error);
        return;
      }
      if (!claim) return;
      this.#lastTurnAt = clock.now();
      const released = this.options.onClaimed?.(claim);
      const work = this.#workOn(claim).finally(() => {
        released?.();
        this.#working.delete(work);
        this.#wake();
      });
      this.#working.add(work);
    }
  }

  async #workOn({ operation, hold, takenOver }: Claim) {
    const { store, clock, leaseMs } = this.dependencies;
    const logger = this.logger.child({ operation: operation.id });
    const lost = new AbortController();
    let aim = hold.aim;
    let aimChanged = new AbortController();
    logger.info(
      `${takenOver ? 'Took over' : 'Started'} operation ${operation.id} (${
        operation.goal
      }) of environment ${operation.environmentId}`,
    );

    const renew = async () => {
      try {
        const current = await store.renew(
          hold,
          new Date(clock.now() + leaseMs),
        );
        if (!isSameAim(current.aim, aim)) {
          aim = current.aim;
          const old = aimChanged;
          aimChanged = new AbortController();
          old.abort();
        }
      } catch (error) {
        if (error instanceof LeaseLostError) lost.abort();
        else logger.warn('The lease could not be renewed', error as Error);
      }
    };
    const stopHeartbeat = this.#heartbeat(operation.id, renew);

    const work: Work = {
      operation,
      hold,
      begun: new Set(),
      signal: AbortSignal.any([this.#stopping.signal, lost.signal]),
      aimSignal: () => aimChanged.signal,
    };
    try {
      await reconcile(work, this.dependencies);
      if (this.#stopping.signal.aborted && !lost.signal.aborted) {
        await this.#giveBack(work);
      }
    } catch (error) {
      if (error instanceof LeaseLostError) {
        lost.abort();
        logger.info(`Operation ${operation.id} went to another worker`);
      } else {
        logger.error(`Operation ${operation.id} stumbled`, error as Error);
        if (!(await this.#putOff(work, logger))) lost.abort();
      }
    } finally {
      stopHeartbeat();
    }
    if (lost.signal.aborted) {
      const look = this.#lookForLateCalls(work, logger).finally(() =>
        this.#looking.delete(look),
      );
      this.#looking.add(look);
      return;
    }
    await this.#tellEnded(operation.id, logger);
  }

  /** All that this worker sent is answered by now; what it did may have come after the next worker's last look. */
  async #lookForLateCalls(
    { operation, begun }: Pick<Work, 'operation' | 'begun'>,
    logger: LoggerService,
  ) {
    const { dependencies } = this;
    const { signal } = this.#stopping;
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        const queued = await clearLateCalls(
          { operation, begun },
          signal,
          dependencies,
        );
        if (queued) {
          logger.warn(
            `A call of operation ${operation.id} came after its lease had gone; operation ${queued.id} puts right what it did`,
          );
        }
        return;
      } catch (error) {
        logger.warn(
          `Nobody could look whether a call of operation ${operation.id} came late`,
          error as Error,
        );
        if (attempt === dependencies.patience.attemptsPerStep) return;
        await sleep(
          dependencies.clock,
          dependencies.patience.unreachablePauseSeconds,
          signal,
        );
      }
    }
  }

  async #tellEnded(operationId: string, logger: LoggerService) {
    try {
      const operation = await this.dependencies.store.find(operationId);
      if (operation && isTerminal(operation.state)) {
        this.#stumbles.delete(operationId);
        await this.options.onEnded?.(operation);
      }
    } catch (error) {
      logger.error(
        `Nobody was told how operation ${operationId} ended`,
        error as Error,
      );
    }
  }

  /** Renews in time, and at once when the operation was changed in this process. */
  #heartbeat(operationId: string, renew: () => Promise<void>): () => void {
    const { clock, leaseMs } = this.dependencies;
    let stopped = false;
    let cancel: () => void = () => {};
    const beat = () => {
      cancel = clock.schedule(leaseMs / RENEWALS_PER_LEASE, async () => {
        await renew();
        if (!stopped) beat();
      });
    };
    beat();
    const stopListening = this.signals.onWork(id => {
      if (id === operationId) void renew();
    });
    return () => {
      stopped = true;
      cancel();
      stopListening();
    };
  }

  /**
   * For what is no failure of a change, such as a database that is away: tries
   * again later and says so, and after some times ends the operation, because
   * the same defect would come back for ever. The reason stays in the log: it
   * may name statements and values. Returns false when the operation is another
   * worker's by now.
   */
  async #putOff(
    { hold, operation }: Work,
    logger: LoggerService,
  ): Promise<boolean> {
    const { store, clock, leaseMs, patience } = this.dependencies;
    const stumbles = (this.#stumbles.get(operation.id) ?? 0) + 1;
    this.#stumbles.set(operation.id, stumbles);
    const now = new Date(clock.now());
    try {
      if (stumbles < MOST_STUMBLES) {
        const seconds = patience.basePauseSeconds * 2 ** (stumbles - 1);
        await store.postpone(hold, {
          nextAttemptAt: new Date(clock.now() + seconds * 1000),
          reason: `The portal could not go on; its log says why. It tries again in ${seconds} s.`,
          now,
        });
        this.dependencies.reports?.retried('operation', 'internal');
        return true;
      }
      const { aim } = await store.renew(hold, new Date(clock.now() + leaseMs));
      await store.finished(
        { ...hold, aim },
        {
          reached: false,
          error: {
            code: 'internal',
            message: `The portal could not go on with this operation, ${stumbles} times in a row. Its log says why; quote operation ${operation.id}. What was made is still there: retry, or remove the environment.`,
          },
        },
        now,
      );
    } catch (error) {
      if (error instanceof LeaseLostError) return false;
      logger.error(
        `Operation ${operation.id} could not be put off; it goes on when its lease ends`,
        error as Error,
      );
    }
    return true;
  }

  async #giveBack({ hold }: Work) {
    const { store, clock } = this.dependencies;
    const now = new Date(clock.now());
    await store.postpone(hold, {
      nextAttemptAt: now,
      reason: 'The portal stops; another worker goes on.',
      now,
    });
  }
}
