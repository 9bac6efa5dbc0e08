import type { Knex } from 'knex';
import type { BigIntColumn } from '../database/BigIntColumn';
import { lockEnvironment } from '../operations/store/lockEnvironment';
import { driftChanges, type DriftFinding, type SeenDrift } from './drift';

/** A row of `drift_findings`. */
type FindingRow = {
  id: BigIntColumn;
  environment_id: string;
  kind: string;
  key: string;
  provider_id: string;
  name: string;
  differences: string;
  deviations: string | null;
  found_at: BigIntColumn;
  last_seen_at: BigIntColumn;
  gone_at: BigIntColumn | null;
};

/** How many resources of an environment differ, and when somebody last compared. Epoch milliseconds. */
export type DriftCount = { open: number; lookedAt?: number };

/** Findings of drift in the plugin's database. */
export class DriftStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Keeps what a look showed, unless an operation is unfinished by now.
   *
   * @returns what was opened and how many are gone; undefined when nothing was kept
   */
  async record(
    environmentId: string,
    seen: readonly SeenDrift[],
    at: number,
  ): Promise<{ opened: SeenDrift[]; gone: number } | undefined> {
    return this.knex.transaction(async tx => {
      await lockEnvironment(tx, environmentId);
      const unfinished = await tx('operations')
        .where('environment_id', environmentId)
        .whereNull('finished_at')
        .first('id');
      if (unfinished) return undefined;

      const rows = await tx<FindingRow>('drift_findings')
        .where('environment_id', environmentId)
        .whereNull('gone_at');
      const changes = driftChanges(rows.map(toFinding), seen);
      for (const { id, name, differences, deviations } of changes.seen) {
        await tx<FindingRow>('drift_findings')
          .where('id', id)
          .update({
            name,
            differences: JSON.stringify(differences),
            deviations: asJson(deviations),
            last_seen_at: at,
          });
      }
      if (changes.gone.length > 0) {
        await tx<FindingRow>('drift_findings')
          .whereIn('id', changes.gone)
          .update({ gone_at: at });
      }
      if (changes.opened.length > 0) {
        await tx('drift_findings').insert(
          changes.opened.map(drift => ({
            environment_id: environmentId,
            kind: drift.kind,
            key: drift.key,
            provider_id: drift.providerId,
            name: drift.name,
            differences: JSON.stringify(drift.differences),
            deviations: asJson(drift.deviations),
            found_at: at,
            last_seen_at: at,
          })),
        );
      }
      await tx('drift_looks')
        .insert({ environment_id: environmentId, looked_at: at })
        .onConflict('environment_id')
        .merge();
      return { opened: changes.opened, gone: changes.gone.length };
    });
  }

  /** Nothing differs of what is gone. Returns how many findings were open. */
  async end(environmentId: string, at: number): Promise<number> {
    return this.knex<FindingRow>('drift_findings')
      .where('environment_id', environmentId)
      .whereNull('gone_at')
      .update({ gone_at: at });
  }

  /** Those that are open, then the `gone` ones, youngest first. */
  async list(
    environmentId: string,
    { gone }: { gone: number },
  ): Promise<DriftFinding[]> {
    const ofEnvironment = this.knex<FindingRow>('drift_findings').where(
      'environment_id',
      environmentId,
    );
    const [open, closed] = await Promise.all([
      ofEnvironment.clone().whereNull('gone_at').orderBy(['kind', 'key', 'id']),
      ofEnvironment
        .clone()
        .whereNotNull('gone_at')
        .orderBy([
          { column: 'gone_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(gone),
    ]);
    return [...open, ...closed].map(toFinding);
  }

  /** How many resources of all environments differ. */
  async openCount(): Promise<number> {
    const [{ count }] = await this.knex<FindingRow>('drift_findings')
      .whereNull('gone_at')
      .count({ count: '*' });
    return Number(count);
  }

  /** By environment id; those that nobody looked at are absent. */
  async counts(
    environmentIds: readonly string[],
  ): Promise<Map<string, DriftCount>> {
    const [looks, open] = await Promise.all([
      this.knex('drift_looks').whereIn('environment_id', [...environmentIds]),
      this.knex<FindingRow>('drift_findings')
        .whereIn('environment_id', [...environmentIds])
        .whereNull('gone_at')
        .groupBy('environment_id')
        .select<{ environment_id: string; count: BigIntColumn }[]>(
          'environment_id',
          this.knex.raw('count(*) as count'),
        ),
    ]);
    const counted = new Map(
      open.map(row => [row.environment_id, Number(row.count)]),
    );
    return new Map(
      looks.map(({ environment_id: id, looked_at: lookedAt }) => [
        id,
        { open: counted.get(id) ?? 0, lookedAt: Number(lookedAt) },
      ]),
    );
  }
}

function asJson(deviations: SeenDrift['deviations']): string | null {
  return deviations ? JSON.stringify(deviations) : null;
}

function toFinding(row: FindingRow): DriftFinding {
  return {
    id: String(row.id),
    kind: row.kind,
    key: row.key,
    providerId: row.provider_id,
    name: row.name,
    differences: JSON.parse(row.differences),
    ...(row.deviations !== null && {
      deviations: JSON.parse(row.deviations),
    }),
    foundAt: Number(row.found_at),
    lastSeenAt: Number(row.last_seen_at),
    ...(row.gone_at !== null && { goneAt: Number(row.gone_at) }),
  };
}
