import type { LoggerService } from '@backstage/backend-plugin-api';
import { sleep, type Clock } from '../clouds/clock';
import type { Backlog } from '../operations/store/readBacklog';
import {
  healthOf,
  type HealthCheck,
  type HealthFacts,
  type RunnerPulse,
} from './healthOf';

/** How long the database may take to answer. */
const ANSWER_SECONDS = 2;

/**
 * After how long the database is asked anew, whatever became of the last question:
 * longer than a question may take, so that it does not take all connections.
 */
const ASK_ANEW_MS = 10_000;

/** Whoever asks more often gets the same answer: anybody may ask. */
const REMEMBERED_MS = 1000;

/** How a replica stands. */
export type HealthReport = {
  status: 'ok' | 'error';
  checks: HealthCheck[];
  /** Absent when the database does not answer. */
  backlog?: Backlog;
};

/** Looks whether this replica can do its work. */
export class Health {
  #reading:
    | { askedAt: number; answer: Promise<HealthFacts['database']> }
    | undefined;
  #last: { at: number; report: Promise<HealthReport> } | undefined;

  constructor(
    private readonly options: {
      readBacklog: (now: Date) => Promise<Backlog>;
      runner: { readonly pulse: RunnerPulse };
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /** Never rejects, and answers within some seconds. */
  async check(): Promise<HealthReport> {
    const now = this.options.clock.now();
    if (!this.#last || now - this.#last.at >= REMEMBERED_MS) {
      this.#last = { at: now, report: this.#look() };
    }
    return this.#last.report;
  }

  /** Why this replica cannot answer requests; nothing when it can. */
  async unreadyReason(): Promise<string | undefined> {
    return reasonOf(await this.check(), 'database');
  }

  /** Why only a restart helps; nothing when it would not. A database that is away is no reason. */
  async deadReason(): Promise<string | undefined> {
    const report = await this.check();
    return reasonOf(report, 'database')
      ? undefined
      : reasonOf(report, 'runner');
  }

  async #look(): Promise<HealthReport> {
    const { clock, runner } = this.options;
    const database = await this.#database();
    const checks = healthOf({
      now: clock.now(),
      database,
      runner: runner.pulse,
    });
    return {
      status: checks.some(({ status }) => status === 'error') ? 'error' : 'ok',
      checks,
      ...('backlog' in database && { backlog: database.backlog }),
    };
  }

  /** One question at a time: those that hang must not take all connections. One that never ends must not be the last. */
  async #database(): Promise<HealthFacts['database']> {
    const askedAt = this.options.clock.now();
    if (!this.#reading || askedAt - this.#reading.askedAt >= ASK_ANEW_MS) {
      const answer = this.#read().finally(() => {
        if (this.#reading?.answer === answer) this.#reading = undefined;
      });
      this.#reading = { askedAt, answer };
    }
    const { answer: reading } = this.#reading;
    const answered = new AbortController();
    const late = sleep(
      this.options.clock,
      ANSWER_SECONDS,
      answered.signal,
    ).then(() => ({ problem: `does not answer within ${ANSWER_SECONDS} s` }));
    try {
      return await Promise.race([reading, late]);
    } finally {
      answered.abort();
    }
  }

  async #read(): Promise<HealthFacts['database']> {
    const { readBacklog, clock, logger } = this.options;
    try {
      return { backlog: await readBacklog(new Date(clock.now())) };
    } catch (error) {
      // Its message may name hosts and users, and anybody may ask.
      logger.warn('The database does not answer', error as Error);
      return { problem: 'cannot be read; the log says why' };
    }
  }
}

function reasonOf(
  { checks }: HealthReport,
  name: HealthCheck['name'],
): string | undefined {
  return checks.find(check => check.name === name && check.status === 'error')
    ?.message;
}
