import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** When the portal looks by itself, and what it does about ends. */
export type SweepSettings = {
  drift: SchedulerServiceTaskScheduleDefinition;
  orphans: SchedulerServiceTaskScheduleDefinition;
  expiry: SchedulerServiceTaskScheduleDefinition;
  /** Hours before the end at which owners are warned; at least one. */
  warnHoursBefore: number[];
  /** Whether environments are removed when their time is over. */
  removesExpired: boolean;
};

const DEFAULTS = {
  drift: { frequency: { minutes: 10 }, timeout: { minutes: 9 } },
  orphans: { frequency: { minutes: 30 }, timeout: { minutes: 10 } },
  expiry: { frequency: { minutes: 1 }, timeout: { minutes: 5 } },
} as const;

/** A starting portal has other things to do, and its pages ask for themselves. */
const INITIAL_DELAY = { seconds: 30 };

const warnings = z
  .array(
    z
      .number()
      .positive()
      .max(24 * 90),
  )
  .min(1, 'Name at least one: nothing is removed without a warning.');

/** Reads `hetznerInfra.sweeps`. @throws InputError that says what is wrong where */
export function readSweepSettings(config: Config): SweepSettings {
  const at = 'hetznerInfra.sweeps';
  const schedule = (sweep: keyof typeof DEFAULTS) => {
    const given = config.getOptionalConfig(`${at}.${sweep}.schedule`);
    return {
      initialDelay: INITIAL_DELAY,
      ...(given
        ? readSchedulerServiceTaskScheduleDefinitionFromConfig(given)
        : DEFAULTS[sweep]),
    };
  };
  const warnHoursBefore = warnings.safeParse(
    config.getOptional(`${at}.expiry.warnHoursBefore`) ?? [24, 1],
  );
  if (!warnHoursBefore.success) {
    throw new InputError(
      `${at}.expiry.warnHoursBefore: ${warnHoursBefore.error.issues[0].message}`,
    );
  }
  return {
    drift: schedule('drift'),
    orphans: schedule('orphans'),
    expiry: schedule('expiry'),
    warnHoursBefore: warnHoursBefore.data,
    removesExpired: config.getOptionalBoolean(`${at}.expiry.remove`) ?? true,
  };
}
