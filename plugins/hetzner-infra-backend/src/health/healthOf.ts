import type { Backlog } from '../operations/store/readBacklog';
import { restorationSentence } from '../restoration/readRestoration';

/** How long operations may wait for a worker before somebody is told. */
export const LONGEST_WAIT_SECONDS = 120;

/**
 * How long the runner's loop may take to come round. Longer than knex waits for
 * a connection (60 s, acquireConnectionTimeout), so that a database that is away
 * is not taken for a loop that is stuck.
 */
export const LONGEST_TURN_SECONDS = 120;

/** How the runner of this replica stands. Epoch milliseconds. */
export type RunnerPulse = {
  /** When its loop came round for the last time; absent before it was started. */
  lastTurnAt?: number;
  isStopping: boolean;
};

/** What a replica knows of itself. */
export type HealthFacts = {
  /** Epoch milliseconds. */
  now: number;
  database: { backlog: Backlog } | { problem: string };
  runner: RunnerPulse;
};

/** One thing that is looked at. `unknown`: what it depends on is away. */
export type HealthCheck = {
  name: 'database' | 'queue' | 'runner' | 'restoration';
  status: 'ok' | 'error' | 'unknown';
  /** In words, with what to do when it is not well. */
  message: string;
};

/** What is well and what is not. Pure. */
export function healthOf(facts: HealthFacts): HealthCheck[] {
  return [
    databaseCheck(facts),
    queueCheck(facts),
    runnerCheck(facts),
    restorationCheck(facts),
  ];
}

function databaseCheck({ database }: HealthFacts): HealthCheck {
  return 'problem' in database
    ? {
        name: 'database',
        status: 'error',
        message: `The database ${database.problem}. No operation goes on until it does; then all of them go on by themselves.`,
      }
    : { name: 'database', status: 'ok', message: 'The database answers.' };
}

function queueCheck({ database }: HealthFacts): HealthCheck {
  if ('problem' in database) {
    return {
      name: 'queue',
      status: 'unknown',
      message: 'The queue is in the database, which does not answer.',
    };
  }
  const { due, oldestSeconds } = database.backlog;
  if (due > 0 && oldestSeconds > LONGEST_WAIT_SECONDS) {
    return {
      name: 'queue',
      status: 'error',
      message: `${
        due === 1 ? 'An operation waits' : `${due} operations wait`
      } for a worker, the first for ${Math.floor(
        oldestSeconds,
      )} s. Either all replicas are busy or none takes work: look at the runner of each, then raise hetznerInfra.operations.concurrency or add a replica.`,
    };
  }
  return {
    name: 'queue',
    status: 'ok',
    message:
      due === 0
        ? 'Nothing waits for a worker.'
        : `${due} due, the first for ${Math.floor(oldestSeconds)} s.`,
  };
}

function runnerCheck({ now, runner }: HealthFacts): HealthCheck {
  const { lastTurnAt, isStopping } = runner;
  if (lastTurnAt === undefined || isStopping) {
    return {
      name: 'runner',
      status: 'ok',
      message: isStopping
        ? 'This replica stops; it takes no work any more.'
        : 'This replica starts; it takes no work yet.',
    };
  }
  const seconds = (now - lastTurnAt) / 1000;
  return seconds > LONGEST_TURN_SECONDS
    ? {
        name: 'runner',
        status: 'error',
        message: `The loop in which this replica takes operations has not come round for ${Math.floor(
          seconds,
        )} s: it is stuck. Restart this replica; another takes over what it holds when its leases end.`,
      }
    : {
        name: 'runner',
        status: 'ok',
        message: 'This replica looks for work.',
      };
}

function restorationCheck({ database }: HealthFacts): HealthCheck {
  if ('problem' in database) {
    return {
      name: 'restoration',
      status: 'unknown',
      message: 'Whether the database was restored stands in it.',
    };
  }
  const { restoration } = database.backlog;
  return restoration
    ? {
        name: 'restoration',
        status: 'error',
        message: restorationSentence(restoration),
      }
    : {
        name: 'restoration',
        status: 'ok',
        message: 'No restored database waits to be confirmed.',
      };
}
