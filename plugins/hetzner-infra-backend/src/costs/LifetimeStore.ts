import type { Knex } from 'knex';
import type { Lifetime, StoredLifetime } from './lifetime';
import { lifetimeChanges, type Look } from './lifetimeChanges';

/** A row of `priced_lifetimes`. */
type LifetimeRow = {
  id: number | string;
  environment_id: string;
  kind: string;
  key: string;
  provider_id: string;
  line: string;
  description: string;
  type: string | null;
  hourly: string;
  monthly_cap: string;
  currency: string;
  source: string;
  started_at: number | string;
  recorded_at: number | string;
  ended_at: number | string | null;
};

/** Lifetimes of what costs, in the plugin's database. */
export class LifetimeStore {
  constructor(private readonly knex: Knex) {}

  /** Keeps what a look at the provider showed. */
  async record(
    environmentId: string,
    look: Look,
    serversOn: number,
  ): Promise<void> {
    await this.knex('environments')
      .where('id', environmentId)
      .where(q =>
        q.whereNull('observed_at').orWhere('observed_at', '<', look.startedAt),
      )
      .update({ observed_at: look.startedAt, servers_on: serversOn });

    const known = await this.#known(environmentId, look);
    const { begun, ended } = lifetimeChanges(known, look);
    if (begun.length + ended.length === 0) return;
    await this.knex.transaction(async tx => {
      for (const { id, endedAt } of ended) {
        await tx<LifetimeRow>('priced_lifetimes')
          .where('id', id)
          .whereNull('ended_at')
          .update({ ended_at: endedAt });
      }
      if (begun.length > 0) {
        await tx('priced_lifetimes')
          .insert(begun.map(lifetime => toRow(environmentId, lifetime)))
          .onConflict()
          .ignore();
      }
    });
  }

  /** Lifetimes of an environment that touch a time, which ends before `to`. Epoch milliseconds. */
  async list(
    environmentId: string,
    { from, to }: { from: number; to: number },
  ): Promise<StoredLifetime[]> {
    const rows = await this.knex<LifetimeRow>('priced_lifetimes')
      .where('environment_id', environmentId)
      .where('started_at', '<', to)
      .where(q => q.whereNull('ended_at').orWhere('ended_at', '>', from))
      .orderBy(['started_at', 'id']);
    return rows.map(toLifetime);
  }

  /** When the first thing that costs began to exist, epoch milliseconds; undefined when nothing was seen yet. */
  async since(environmentId: string): Promise<number | undefined> {
    const [{ first }] = await this.knex('priced_lifetimes')
      .where('environment_id', environmentId)
      .min({ first: 'started_at' });
    return first === null || first === undefined ? undefined : Number(first);
  }

  async #known(environmentId: string, look: Look): Promise<StoredLifetime[]> {
    const rows = await this.knex<LifetimeRow>('priced_lifetimes')
      .where('environment_id', environmentId)
      .where(q =>
        q.whereNull('ended_at').orWhereIn(
          'provider_id',
          look.parts.map(({ providerId }) => providerId),
        ),
      );
    return rows.map(toLifetime);
  }
}

function toRow(
  environmentId: string,
  lifetime: Lifetime,
): Omit<LifetimeRow, 'id'> {
  return {
    environment_id: environmentId,
    kind: lifetime.kind,
    key: lifetime.key,
    provider_id: lifetime.providerId,
    line: lifetime.line,
    description: lifetime.description,
    type: lifetime.type ?? null,
    hourly: lifetime.hourly,
    monthly_cap: lifetime.monthlyCap,
    currency: lifetime.currency,
    source: lifetime.source,
    started_at: lifetime.startedAt,
    recorded_at: lifetime.recordedAt,
    ended_at: lifetime.endedAt ?? null,
  };
}

function toLifetime(row: LifetimeRow): StoredLifetime {
  return {
    id: String(row.id),
    kind: row.kind,
    key: row.key,
    providerId: row.provider_id,
    line: row.line,
    description: row.description,
    ...(row.type !== null && { type: row.type }),
    hourly: row.hourly,
    monthlyCap: row.monthly_cap,
    currency: row.currency,
    source: row.source,
    startedAt: Number(row.started_at),
    recordedAt: Number(row.recorded_at),
    ...(row.ended_at !== null && { endedAt: Number(row.ended_at) }),
  };
}
