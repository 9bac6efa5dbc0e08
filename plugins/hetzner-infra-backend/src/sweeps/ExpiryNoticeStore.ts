import type { Knex } from 'knex';
import type { SentNotice } from './expiry';

/** What owners were told about ends of environments, in the plugin's database. Epoch milliseconds. */
export class ExpiryNoticeStore {
  constructor(private readonly knex: Knex) {}

  /** What was told about this end of an environment. */
  async list(environmentId: string, expiresAt: number): Promise<SentNotice[]> {
    const rows = await this.knex('expiry_notices').where({
      environment_id: environmentId,
      expires_at: expiresAt,
    });
    return rows.map(row => ({ notice: row.notice, at: Number(row.sent_at) }));
  }

  async add(
    environmentId: string,
    expiresAt: number,
    { notice, at }: SentNotice,
  ): Promise<void> {
    await this.knex('expiry_notices')
      .insert({
        environment_id: environmentId,
        expires_at: expiresAt,
        notice,
        sent_at: at,
      })
      .onConflict()
      .ignore();
  }
}
