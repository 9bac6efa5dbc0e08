import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { RemovedDetails } from '../operations/store/removeDetails';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Operations in one transaction: each has some hundred events. */
const BATCH = 50;

/** Removes what is only of use for a while. */
export class Retention {
  constructor(
    private readonly dependencies: {
      removeDetails: (batch: {
        endedBefore: Date;
        limit: number;
        now: Date;
      }) => Promise<RemovedDetails>;
      operationDetailsDays: number;
      auditor: AuditorService;
      now: () => Date;
      logger: LoggerService;
    },
  ) {}

  /** Removes the details of operations that ended long ago, batch by batch until none is left or the signal ends it. */
  async run(signal: AbortSignal): Promise<void> {
    const { operationDetailsDays, now } = this.dependencies;
    const endedBefore = new Date(
      now().getTime() - operationDetailsDays * DAY_MS,
    );
    const removed: RemovedDetails = { operations: 0, events: 0 };
    try {
      let batch: RemovedDetails;
      do {
        batch = await this.dependencies.removeDetails({
          endedBefore,
          limit: BATCH,
          now: now(),
        });
        removed.operations += batch.operations;
        removed.events += batch.events;
      } while (batch.operations > 0 && !signal.aborted);
    } finally {
      // Also when a later batch failed: what is gone is gone.
      if (removed.operations > 0) await this.#tell(removed, endedBefore);
    }
  }

  async #tell(
    { operations, events }: RemovedDetails,
    endedBefore: Date,
  ): Promise<void> {
    const { auditor, logger } = this.dependencies;
    const meta = {
      endedBefore: endedBefore.toISOString(),
      operations,
      events,
    };
    const event = await auditor.createEvent({
      eventId: 'operation-details-remove',
      severityLevel: 'medium',
      meta,
    });
    await event.success();
    logger.info(
      `Removed ${events} events of ${operations} operations that ended before ${meta.endedBefore}`,
    );
  }
}
