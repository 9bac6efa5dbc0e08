import type { Knex } from 'knex';
import { connectionPlace, environmentSecretPlace } from './places';
import { sealedWith, type Place } from './Sealer';

/** One sealed value and where it is stored. */
export type StoredSecret = {
  sealed: string;
  place: Place;
  /** Column of the value. */
  column: string;
  /** Its row. */
  where: Record<string, string>;
};

type Row = Record<string, string>;

type Source = {
  table: Place['table'];
  column: string;
  /** Primary key. */
  keys: readonly string[];
  place: (row: Row) => Place;
};

/** Every column that holds sealed values. */
const SOURCES: readonly Source[] = [
  {
    table: 'connections',
    column: 'secrets',
    keys: ['name'],
    place: row => connectionPlace(row.name),
  },
  {
    table: 'environment_secrets',
    column: 'value',
    keys: ['environment_id', 'name'],
    place: row => environmentSecretPlace(row.environment_id, row.name),
  },
];

/**
 * All sealed values in batches, in the order of their keys. A value that is
 * stored meanwhile may be missing.
 *
 * @param except - leaves out what this key sealed
 */
export async function* storedSecrets(
  knex: Knex,
  { batch, except }: { batch: number; except?: string },
): AsyncGenerator<StoredSecret[]> {
  for (const source of SOURCES) {
    const { column, keys, place } = source;
    let last: Row | undefined;
    do {
      const rows: Row[] = await readBatch(knex, source, {
        batch,
        except,
        last,
      });
      last = rows.length === batch ? rows.at(-1) : undefined;
      if (rows.length > 0) {
        yield rows.map(row => ({
          sealed: row[column],
          place: place(row),
          column,
          where: Object.fromEntries(keys.map(key => [key, row[key]])),
        }));
      }
    } while (last);
  }
}

/** The next rows behind `last`. */
async function readBatch(
  knex: Knex,
  { table, column, keys }: Source,
  { batch, except, last }: { batch: number; except?: string; last?: Row },
): Promise<Row[]> {
  const query = knex(table)
    .select(...keys, column)
    .orderBy(keys.map(key => ({ column: key })))
    .limit(batch);
  if (except !== undefined) {
    query.whereNot(column, 'like', `${sealedWith(except)}%`);
  }
  if (last) {
    const marks = (mark: string) => keys.map(() => mark).join(', ');
    query.whereRaw(`(${marks('??')}) > (${marks('?')})`, [
      ...keys,
      ...keys.map(key => last[key]),
    ]);
  }
  return query;
}
