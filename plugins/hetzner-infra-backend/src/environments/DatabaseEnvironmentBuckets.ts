import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { ObjectStorage, StorageScope } from '../clouds/objectStorage';
import { UnbuildableError } from '../operations/DesiredStates';
import type { BucketClaim, EnvironmentBuckets } from '../resources';
import { SealingError } from '../sealing/Sealer';

/** A row of `environment_buckets`. Times are epoch milliseconds. */
type ClaimRow = {
  environment_id: string;
  connection: string;
  bucket: string;
  claimed_at: number | string;
  made_at: number | string | null;
  retained_at: number | string | null;
};

/** What the claims of all environments are kept with. */
export type BucketsOptions = {
  knex: Knex;
  /** @throws NotFoundError, SealingError, CloudError */
  objectStorage(connection: string): Promise<ObjectStorage>;
  now: () => Date;
};

/** The buckets of one environment, in the plugin's database. */
export class DatabaseEnvironmentBuckets implements EnvironmentBuckets {
  constructor(
    private readonly options: BucketsOptions,
    private readonly environmentId: string,
    private readonly scopes: readonly StorageScope[] = [],
  ) {}

  async claimed(): Promise<BucketClaim[]> {
    const rows = await this.#table()
      .where('environment_id', this.environmentId)
      .orderBy(['claimed_at', 'bucket']);
    return rows.map(row => ({
      connection: row.connection,
      bucket: row.bucket,
      claimedAt: new Date(Number(row.claimed_at)),
      made: row.made_at !== null,
    }));
  }

  async claim(connection: string, bucket: string): Promise<void> {
    await this.#table()
      .insert({
        environment_id: this.environmentId,
        connection,
        bucket,
        claimed_at: this.#now(),
        made_at: null,
        retained_at: null,
      })
      .onConflict(['environment_id', 'connection', 'bucket'])
      .ignore();
  }

  async made(connection: string, bucket: string): Promise<void> {
    await this.#row(connection, bucket)
      .whereNull('made_at')
      .update({ made_at: this.#now() });
  }

  async retained(
    connection: string,
    bucket: string,
    isRetained: boolean,
  ): Promise<void> {
    await this.#row(connection, bucket).update({
      retained_at: isRetained ? this.#now() : null,
    });
  }

  async storage(connection: string): Promise<ObjectStorage> {
    try {
      const storage = await this.options.objectStorage(connection);
      return this.scopes.reduce((inner, scope) => inner.scoped(scope), storage);
    } catch (error) {
      if (error instanceof NotFoundError || error instanceof SealingError) {
        throw new UnbuildableError(
          `The connection ${connection} to object storage cannot be used: ${error.message}. Add it again on the page Connections, or in the configuration, then retry.`,
        );
      }
      throw error;
    }
  }

  scoped(scope: StorageScope): EnvironmentBuckets {
    return new DatabaseEnvironmentBuckets(this.options, this.environmentId, [
      ...this.scopes,
      scope,
    ]);
  }

  #row(connection: string, bucket: string) {
    return this.#table().where({
      environment_id: this.environmentId,
      connection,
      bucket,
    });
  }

  #now(): number {
    return this.options.now().getTime();
  }

  #table() {
    return this.options.knex<ClaimRow>('environment_buckets');
  }
}

/** A bucket that was released, or is gone: nobody keeps it any more. */
export async function releasedBucket(
  knex: Knex,
  connection: string,
  bucket: string,
): Promise<void> {
  await knex<ClaimRow>('environment_buckets')
    .where({ connection, bucket })
    .update({ retained_at: null });
}
