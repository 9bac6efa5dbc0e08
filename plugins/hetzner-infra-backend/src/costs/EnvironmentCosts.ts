import {
  monthBounds,
  monthCost,
  type EnvironmentCost,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { StoredEnvironment } from '../environments/EnvironmentStore';
import { partId } from './lifetime';
import type { LifetimeStore } from './LifetimeStore';

/** What environments cost, from the recorded lifetimes. */
export class EnvironmentCosts {
  constructor(
    private readonly options: { store: LifetimeStore; now: () => Date },
  ) {}

  /** @param month - YYYY-MM in UTC; the current one when absent */
  async ofMonth(
    environment: Pick<StoredEnvironment, 'id' | 'name'>,
    month?: string,
  ): Promise<EnvironmentCost> {
    const { store, now } = this.options;
    const until = now();
    const wanted = month ?? until.toISOString().slice(0, 7);
    const { start, end } = monthBounds(wanted);
    const [lifetimes, since] = await Promise.all([
      store.list(environment.id, { from: start, to: end }),
      store.since(environment.id),
    ]);
    return {
      environment: environment.name,
      environmentId: environment.id,
      month: wanted,
      until: until.toISOString(),
      ...(since !== undefined && {
        recordedSince: new Date(since).toISOString(),
      }),
      ...monthCost(
        lifetimes.map(lifetime => ({
          ...lifetime,
          resource: partId(lifetime),
        })),
        { month: wanted, until: until.getTime() },
      ),
    };
  }
}
