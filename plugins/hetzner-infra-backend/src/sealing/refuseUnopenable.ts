import type { Knex } from 'knex';
import { keyIdIn, SealingError, type Place, type Sealer } from './Sealer';
import { storedSecrets } from './storedSecrets';

const BATCH = 500;
const SHOWN = 5;

/**
 * Opens every stored secret once, at start: a wrong or missing key stops the
 * portal with a sentence instead of failing an operation weeks later.
 *
 * @throws SealingError that names what is sealed with a key that is missing, and
 *   the rows that do not open; never a value
 */
export async function refuseUnopenable(
  knex: Knex,
  sealer: Sealer,
): Promise<void> {
  const missing = new Map<string, Place[]>();
  const problems: string[] = [];
  for await (const batch of storedSecrets(knex, { batch: BATCH })) {
    for (const { sealed, place } of batch) {
      const id = keyIdIn(sealed);
      if (id !== '' && !sealer.knows(sealed)) {
        missing.set(id, [...(missing.get(id) ?? []), place]);
        continue;
      }
      try {
        sealer.open(sealed, place);
      } catch (error) {
        if (!(error instanceof SealingError)) throw error;
        problems.push(error.message);
      }
    }
  }
  const names = missing.size > 0 ? await environmentNames(knex) : new Map();
  const sentences = [
    ...[...missing].map(([id, places]) => missingKey(id, places, names)),
    ...shortened(problems, ' '),
  ];
  if (sentences.length > 0) throw new SealingError(sentences.join(' '));
}

function missingKey(
  id: string,
  places: readonly Place[],
  names: ReadonlyMap<string, string>,
): string {
  const rowsIn = (table: Place['table']) => [
    ...new Set(
      places.filter(place => place.table === table).map(({ row }) => row),
    ),
  ];
  const connections = rowsIn('connections');
  const environments = rowsIn('environment_secrets').map(
    row => names.get(row) ?? row,
  );
  const what = [
    connections.length > 0 &&
      `the connections ${shortened(connections).join(', ')}`,
    environments.length > 0 &&
      `the environments ${shortened(environments).join(', ')}`,
  ].filter(Boolean);
  return `The key ${id} is missing in hetznerInfra.sealing.keys, and ${
    places.length
  } stored secrets are sealed with it: of ${what.join(
    ' and of ',
  )}. Add it again, behind the first key. The log says when nothing is sealed with it any more.`;
}

/** The first ones, and how many more there are. */
function shortened(items: readonly string[], and = ''): string[] {
  return items.length > SHOWN
    ? [
        ...items.slice(0, SHOWN),
        `${and ? 'And' : 'and'} ${items.length - SHOWN} more${and ? '.' : ''}`,
      ]
    : [...items];
}

async function environmentNames(knex: Knex): Promise<Map<string, string>> {
  const rows = await knex('environments').select('id', 'name');
  return new Map(rows.map(({ id, name }) => [id, name]));
}
