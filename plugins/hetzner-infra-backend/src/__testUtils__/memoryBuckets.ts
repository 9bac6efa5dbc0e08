import type { ObjectStorage, StorageScope } from '../clouds/objectStorage';
import type { BucketClaim, EnvironmentBuckets } from '../resources';

/** Claims of an environment that end with the test. */
export class MemoryBuckets implements EnvironmentBuckets {
  constructor(
    readonly open: (connection: string) => Promise<ObjectStorage>,
    readonly claims: (BucketClaim & { isRetained?: boolean })[] = [],
    private readonly scopes: readonly StorageScope[] = [],
  ) {}

  async claimed() {
    return [...this.claims];
  }

  async claim(connection: string, bucket: string) {
    if (this.#find(connection, bucket)) return;
    this.claims.push({
      connection,
      bucket,
      claimedAt: new Date('2026-11-23T12:00:00Z'),
      made: false,
    });
  }

  async made(connection: string, bucket: string) {
    Object.assign(this.#find(connection, bucket)!, { made: true });
  }

  async retained(connection: string, bucket: string, isRetained: boolean) {
    Object.assign(this.#find(connection, bucket) ?? {}, { isRetained });
  }

  async storage(connection: string) {
    const storage = await this.open(connection);
    return this.scopes.reduce((inner, scope) => inner.scoped(scope), storage);
  }

  scoped(scope: StorageScope) {
    return new MemoryBuckets(this.open, this.claims, [...this.scopes, scope]);
  }

  #find(connection: string, bucket: string) {
    return this.claims.find(
      claim => claim.connection === connection && claim.bucket === bucket,
    );
  }
}
