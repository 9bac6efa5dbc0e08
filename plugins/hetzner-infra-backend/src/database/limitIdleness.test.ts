import type { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/migratedDatabase';
import { limitIdleness } from './limitIdleness';

jest.setTimeout(60_000);

const databases = testDatabases();

const limitIn = async (knex: Knex): Promise<string> => {
  const { rows } = await knex.raw('show idle_in_transaction_session_timeout');
  return rows[0].idle_in_transaction_session_timeout;
};

describe.each(databases.eachSupportedId())('limitIdleness on %p', id => {
  it('holds for the transaction alone, where rows are locked', async () => {
    const knex = await databases.init(id);
    const isPostgres = id === 'POSTGRES_15';
    const look = async (on: Knex) => (isPostgres ? limitIn(on) : 'none');
    const usual = await look(knex);
    const within = await knex.transaction(async tx => {
      await limitIdleness(tx);
      return look(tx);
    });
    expect(within).toBe(isPostgres ? '5s' : 'none');
    expect(await look(knex)).toBe(usual);
    expect(usual).not.toBe('5s');
  });
});
