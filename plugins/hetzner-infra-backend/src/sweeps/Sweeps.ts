import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { EnvironmentStore } from '../environments/EnvironmentStore';
import { isTerminal, type Operation } from '../operations/operation';
import type { DriftStore } from './DriftStore';
import type { DriftSweep } from './DriftSweep';
import type { ExpirySweep } from './ExpirySweep';
import type { OrphanInventory } from './OrphanInventory';
import type { SweepSettings } from './readSweepSettings';

type Dependencies = {
  scheduler: SchedulerService;
  settings: SweepSettings;
  drift: DriftSweep;
  driftStore: DriftStore;
  orphans: OrphanInventory;
  expiry: ExpirySweep;
  environments: Pick<EnvironmentStore, 'find'>;
  now: () => Date;
  logger: LoggerService;
};

/** What the portal does by itself: on a schedule, never two replicas at once. */
export class Sweeps {
  constructor(private readonly dependencies: Dependencies) {}

  /** Hands the sweeps to the scheduler, whose tasks run in one replica at a time. */
  async schedule(): Promise<void> {
    const { scheduler, settings, drift, expiry, orphans, logger } =
      this.dependencies;
    await scheduler.scheduleTask({
      ...settings.drift,
      id: 'hetzner-infra-drift',
      scope: 'global',
      fn: signal => drift.run(signal),
    });
    await scheduler.scheduleTask({
      ...settings.expiry,
      id: 'hetzner-infra-expiry',
      scope: 'global',
      fn: signal => expiry.run(signal),
    });
    await scheduler.scheduleTask({
      ...settings.orphans,
      id: 'hetzner-infra-orphans',
      scope: 'global',
      fn: async () => {
        const { items } = await orphans.list({ fresh: true });
        if (items.length > 0) {
          logger.info(
            `${items.length} resources belong to no environment that stands; see the page Orphans`,
          );
        }
      },
    });
  }

  /**
   * Looks again after an operation, where something differed before it: pages
   * need not wait for the next sweep to see that it was put right.
   */
  async operationEnded(operation: Operation): Promise<void> {
    const { drift, driftStore, environments, now, logger } = this.dependencies;
    const { environmentId, state } = operation;
    if (!isTerminal(state)) return;
    const counts = await driftStore.counts([environmentId]);
    if (!counts.get(environmentId)?.open) return;
    const environment = await environments.find(environmentId);
    if (!environment) return;
    if (environment.state === 'removed') {
      await driftStore.end(environmentId, now().getTime());
      return;
    }
    try {
      await drift.look(environment);
    } catch (error) {
      logger.warn(
        `${environment.name} was not compared with what is wanted after operation ${operation.id}; the next sweep does it`,
        error as Error,
      );
    }
  }
}
