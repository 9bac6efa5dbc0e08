import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How long what is only of use for a while is kept. */
export type RetentionSettings = {
  /** Days after the end of an operation. */
  operationDetailsDays: number;
  schedule: SchedulerServiceTaskScheduleDefinition;
};

const SECTION = 'hetznerInfra.retention';
const MOST_DAYS = 3650;

/** Reads `hetznerInfra.retention`. @throws InputError that says what is wrong where */
export function readRetentionSettings(config: Config): RetentionSettings {
  const key = `${SECTION}.operationDetailsDays`;
  const days = config.getOptionalNumber(key) ?? 90;
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw new InputError(
      `${key} is ${days}. Give a whole number from 1 to ${MOST_DAYS}.`,
    );
  }
  const schedule = config.getOptionalConfig(`${SECTION}.schedule`);
  return {
    operationDetailsDays: days,
    schedule: schedule
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
      : {
          frequency: { hours: 6 },
          timeout: { minutes: 30 },
          // A starting portal has other things to do.
          initialDelay: { minutes: 5 },
        },
  };
}
