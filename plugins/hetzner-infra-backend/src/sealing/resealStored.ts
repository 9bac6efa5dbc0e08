import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { connectionPlace, environmentSecretPlace } from './places';
import { SealingError, type Place, type Sealer } from './Sealer';

type StoredSecret = { sealed: string; place: Place; column: string };

const SHOWN = 5;

/**
 * Opens every stored secret once, at start: a wrong or missing key stops the
 * portal with a sentence instead of failing an operation weeks later. What an
 * older key sealed is sealed again with the first, so that the older key can be
 * taken out of the configuration after one start.
 *
 * @throws SealingError that names the rows
 */
export async function resealStored(options: {
  knex: Knex;
  sealer: Sealer;
  logger: LoggerService;
}): Promise<void> {
  const { knex, sealer, logger } = options;
  const stored = await storedSecrets(knex);
  const problems: string[] = [];
  let resealed = 0;
  for (const { sealed, place, column } of stored) {
    try {
      const text = sealer.open(sealed, place);
      if (!sealer.isCurrent(sealed)) {
        resealed += await knex(place.table)
          // Another replica may have been faster, or the secret may be new.
          .where(column, sealed)
          .update({ [column]: sealer.seal(text, place) });
      }
    } catch (error) {
      if (!(error instanceof SealingError)) {
        throw error;
      }
      problems.push(error.message);
    }
  }
  if (problems.length > 0) {
    const more =
      problems.length > SHOWN ? ` And ${problems.length - SHOWN} more.` : '';
    throw new SealingError(`${problems.slice(0, SHOWN).join(' ')}${more}`);
  }
  if (resealed > 0) {
    logger.info(`Sealed ${resealed} stored secrets again with the first key`);
  }
}

async function storedSecrets(knex: Knex): Promise<StoredSecret[]> {
  const connections = await knex('connections').select('name', 'secrets');
  const secrets = await knex('environment_secrets').select(
    'environment_id',
    'name',
    'value',
  );
  return [
    ...connections.map(row => ({
      sealed: row.secrets,
      place: connectionPlace(row.name),
      column: 'secrets',
    })),
    ...secrets.map(row => ({
      sealed: row.value,
      place: environmentSecretPlace(row.environment_id, row.name),
      column: 'value',
    })),
  ];
}
