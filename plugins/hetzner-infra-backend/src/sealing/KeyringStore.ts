import type { Knex } from 'knex';

type KeyringRow = {
  replica: string;
  key_ids: string;
  seen_at: number | string;
};

/** The sealing keys that another backend knows. */
export type Keyring = { replica: string; keyIds: string[] };

/** A backend that was not seen for so long does not run any more. */
const LIVE_MS = 90_000;

/** Tells the backends on one database which sealing keys the others know. */
export class KeyringStore {
  constructor(private readonly knex: Knex) {}

  /** This backend runs and knows these keys. */
  async announce(
    replica: string,
    keyIds: readonly string[],
    now: Date,
  ): Promise<void> {
    const row = {
      replica,
      key_ids: JSON.stringify(keyIds),
      seen_at: now.getTime(),
    };
    await this.#table().insert(row).onConflict('replica').merge();
    await this.#table()
      .where('seen_at', '<', now.getTime() - 10 * LIVE_MS)
      .delete();
  }

  /** The other backends that run. */
  async others(replica: string, now: Date): Promise<Keyring[]> {
    const rows = await this.#table()
      .whereNot('replica', replica)
      .where('seen_at', '>', now.getTime() - LIVE_MS)
      .orderBy('replica');
    return rows.map(row => ({
      replica: row.replica,
      keyIds: JSON.parse(row.key_ids),
    }));
  }

  /** This backend ends. */
  async leave(replica: string): Promise<void> {
    await this.#table().where({ replica }).delete();
  }

  #table() {
    return this.knex<KeyringRow>('sealing_keyrings');
  }
}
