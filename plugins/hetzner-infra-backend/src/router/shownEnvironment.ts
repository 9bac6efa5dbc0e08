import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { StoredEnvironment } from '../environments/EnvironmentStore';
import type { RouterContext } from './RouterContext';
import { wireEnvironment } from './wire';

/** One environment with its operation and what differs, as the API shows it. */
export async function shownEnvironment(
  { operations, driftStore }: Pick<RouterContext, 'operations' | 'driftStore'>,
  environment: StoredEnvironment,
): Promise<Environment> {
  const { id } = environment;
  const [current, drift] = await Promise.all([
    operations.current([id]),
    driftStore.counts([id]),
  ]);
  return wireEnvironment(environment, current.get(id), drift.get(id));
}
