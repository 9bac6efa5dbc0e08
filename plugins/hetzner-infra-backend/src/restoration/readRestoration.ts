import type { Knex } from 'knex';
import type { BigIntColumn } from '../database/BigIntColumn';
import { limitQuery } from '../database/limitQuery';

/** A restored database that nobody has confirmed. */
export type UnconfirmedRestoration = {
  restoredAt: Date;
  /** When the backup was made. */
  madeAt: Date;
};

/** The mark that a restore leaves in the database; nothing once it was confirmed. */
export async function readRestoration(
  knex: Knex,
): Promise<UnconfirmedRestoration | undefined> {
  const row: { restored_at: BigIntColumn; made_at: BigIntColumn } | undefined =
    await limitQuery(knex, knex('restorations')).first(
      'restored_at',
      'made_at',
    );
  return (
    row && {
      restoredAt: new Date(Number(row.restored_at)),
      madeAt: new Date(Number(row.made_at)),
    }
  );
}

/** What is held and what to do, for the log, the health and whoever is refused. Pure. */
export function restorationSentence({
  restoredAt,
  madeAt,
}: UnconfirmedRestoration): string {
  return `The database was restored on ${restoredAt.toISOString()} from a backup of ${madeAt.toISOString()}. Nothing is applied or removed until somebody confirms it: go through “After an older database was restored” in the operations guide, then send POST /api/hetzner-infra/restoration/confirm.`;
}
