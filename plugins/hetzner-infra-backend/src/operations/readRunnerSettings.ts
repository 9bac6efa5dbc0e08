import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Patience } from './work';

/** How this process works on operations. */
export type RunnerSettings = {
  leaseMs: number;
  /** Operations at once; each waits most of the time. */
  concurrency: number;
};

/** How often the queue is looked at when no signal comes: what other replicas submitted. */
export const POLL_MS = 1000;

/** How patient operations are, in seconds. */
export const PATIENCE: Patience = {
  attemptsPerStep: 5,
  basePauseSeconds: 1,
  unreachablePauseSeconds: 15,
};

const SECTION = 'hetznerInfra.operations';

/**
 * Below this a slow database would lose leases; above, a crash stalls
 * operations for long. Usually an operation of a worker that died is another's
 * within 30 seconds, the look for it included.
 */
const LEASE_SECONDS = { least: 3, usual: 25, most: 600 };
const CONCURRENCY = { least: 1, usual: 20, most: 100 };

/** Reads `hetznerInfra.operations`. @throws InputError */
export function readRunnerSettings(config: Config): RunnerSettings {
  return {
    leaseMs: 1000 * within(config, `${SECTION}.leaseSeconds`, LEASE_SECONDS),
    concurrency: within(config, `${SECTION}.concurrency`, CONCURRENCY),
  };
}

function within(
  config: Config,
  key: string,
  { least, usual, most }: { least: number; usual: number; most: number },
): number {
  const value = config.getOptionalNumber(key) ?? usual;
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InputError(
      `${key} is ${value}. Give a whole number from ${least} to ${most}.`,
    );
  }
  return value;
}
