import type { Knex } from 'knex';
import { environmentSecretPlace } from '../sealing/places';
import type { EnvironmentSecrets } from '../sealing/EnvironmentSecrets';
import type { Sealer } from '../sealing/Sealer';

type SecretRow = { environment_id: string; name: string; value: string };

/** Secrets of environments in the plugin's database, sealed. */
export class SealedEnvironmentSecrets implements EnvironmentSecrets {
  constructor(private readonly knex: Knex, private readonly sealer: Sealer) {}

  async get(environmentId: string, name: string): Promise<string | undefined> {
    const row = await this.#table()
      .where({ environment_id: environmentId, name })
      .first('value');
    return (
      row &&
      this.sealer.open(row.value, environmentSecretPlace(environmentId, name))
    );
  }

  async putOnce(
    environmentId: string,
    name: string,
    value: string,
  ): Promise<string> {
    await this.#table()
      .insert(this.#row(environmentId, name, value))
      .onConflict(['environment_id', 'name'])
      .ignore();
    return (await this.get(environmentId, name))!;
  }

  #table() {
    return this.knex<SecretRow>('environment_secrets');
  }

  #row(environmentId: string, name: string, value: string): SecretRow {
    return {
      environment_id: environmentId,
      name,
      value: this.sealer.seal(
        value,
        environmentSecretPlace(environmentId, name),
      ),
    };
  }
}
