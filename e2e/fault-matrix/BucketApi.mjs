import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

/** Where a bucket says whose it is. */
const MARK = '.infra.xpeditis.com/owner.json';

/** A bucket that nobody of the portal made, and what is in it. */
const FOREIGN = { bucket: 'legacy-files', key: 'contracts/1', text: 'kept' };

/** Object storage of the project by its public API alone, as ProjectApi is for the cloud. */
export class BucketApi {
  #client;
  #standing;

  /** @param {{ endpoint: string, region: string, accessKey: string, secretKey: string }} keys */
  constructor({ endpoint, region, accessKey, secretKey }) {
    this.#client = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    });
  }

  /** Makes what the engine has no business with. */
  async makeForeign() {
    const { bucket, key, text } = FOREIGN;
    await this.#send(CreateBucketCommand, { Bucket: bucket });
    await this.#send(PutObjectCommand, {
      Bucket: bucket,
      Key: key,
      Body: text,
    });
  }

  /** Every bucket with what it says about its owner, in the words of the cloud's resources. */
  async everything() {
    const { Buckets = [] } = await this.#send(ListBucketsCommand, {});
    return Promise.all(
      Buckets.map(async ({ Name }) => {
        const mark = await this.#mark(Name);
        const { Status } = await this.#send(GetBucketVersioningCommand, {
          Bucket: Name,
        });
        const versions = await this.#versions(Name);
        return {
          id: Name,
          name: Name,
          labels: mark ? JSON.parse(mark).labels : {},
          versioning: Status ?? 'Off',
          objects: versions.map(({ Key }) => Key).filter(key => key !== MARK),
        };
      }),
    );
  }

  /** Remembers the bucket that stands, for runs that begin with it. */
  async remember(bucket) {
    this.#standing = { bucket, mark: await this.#mark(bucket) };
  }

  /** Goes back to where runs begin: with the bucket that was remembered, or without. */
  async reset(isStanding) {
    const { Buckets = [] } = await this.#send(ListBucketsCommand, {});
    for (const { Name } of Buckets) {
      if (Name !== FOREIGN.bucket) await this.#remove(Name);
    }
    if (!isStanding) return;
    const { bucket: Bucket, mark } = this.#standing;
    await this.#send(CreateBucketCommand, { Bucket });
    await this.#send(PutObjectCommand, { Bucket, Key: MARK, Body: mark });
    await this.#send(PutBucketVersioningCommand, {
      Bucket,
      VersioningConfiguration: { Status: 'Enabled' },
    });
  }

  close() {
    this.#client.destroy();
  }

  async #remove(Bucket) {
    for (const { Key, VersionId } of await this.#versions(Bucket)) {
      await this.#send(DeleteObjectCommand, { Bucket, Key, VersionId });
    }
    await this.#send(DeleteBucketCommand, { Bucket });
  }

  async #versions(Bucket) {
    const { Versions = [], DeleteMarkers = [] } = await this.#send(
      ListObjectVersionsCommand,
      { Bucket },
    );
    return [...Versions, ...DeleteMarkers];
  }

  async #mark(Bucket) {
    try {
      const { Body } = await this.#send(GetObjectCommand, {
        Bucket,
        Key: MARK,
      });
      return await Body.transformToString();
    } catch (error) {
      if (error.name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  #send(Command, input) {
    return this.#client.send(new Command(input));
  }
}
