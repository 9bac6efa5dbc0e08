import type { Knex } from 'knex';
import type { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import type {
  DesiredState,
  StoredEnvironment,
} from '../environments/EnvironmentStore';

/** What a test wants when it does not care. */
export const desired = (
  overrides: Partial<DesiredState> = {},
): DesiredState => ({
  owner: 'group:default/platform',
  document: { kind: 'Environment' },
  choices: {},
  monthly: [{ currency: 'EUR', monthly: '55.58', monthlyMax: '120.00' }],
  by: 'user:default/jo',
  ...overrides,
});

/** Stores an environment with revision 1. */
export async function storedEnvironment(
  knex: Knex,
  store: DatabaseEnvironmentStore,
  name: string,
  now: Date,
  overrides: Partial<DesiredState> = {},
): Promise<StoredEnvironment> {
  return knex.transaction(tx =>
    store.create(
      {
        name,
        connection: 'sandbox',
        location: 'fsn1',
        ...desired(overrides),
      },
      now,
      tx,
    ),
  );
}
