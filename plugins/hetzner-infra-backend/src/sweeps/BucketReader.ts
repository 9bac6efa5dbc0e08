import {
  OWNERSHIP_LABELS,
  type Money,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ListedBucket, ObjectStorage } from '../clouds/objectStorage';
import { OWNER_MARK, readMark } from '../resources';
import type { ProjectResource } from './ProjectReader';

/** So many buckets are asked at once whose they are. */
const AT_ONCE = 8;

/** Reads of one account of object storage which buckets are this portal's, and nothing else. */
export class BucketReader {
  constructor(
    private readonly options: {
      storage: ObjectStorage;
      installation: string;
      /** What object storage costs a month, net; absent when nobody said. */
      monthly?: Money;
    },
  ) {}

  /** Buckets with a mark of this portal. @throws CloudError */
  async look(): Promise<ProjectResource[]> {
    const listed = await this.options.storage.listBuckets();
    const found: ProjectResource[] = [];
    for (let next = 0; next < listed.length; next += AT_ONCE) {
      const some = listed.slice(next, next + AT_ONCE);
      const marked = await Promise.all(
        some.map(bucket => this.#describe(bucket)),
      );
      found.push(...marked.flatMap(bucket => bucket ?? []));
    }
    return found;
  }

  /** One bucket as it is now; undefined when it is gone or not this portal's. @throws CloudError */
  async read(name: string): Promise<ProjectResource | undefined> {
    const listed = await this.options.storage.listBuckets();
    const bucket = listed.find(other => other.name === name);
    return bucket && this.#describe(bucket);
  }

  /** Deletes a bucket with all that is in it. That it is gone is no error. @throws CloudError */
  async remove(name: string): Promise<void> {
    const { storage } = this.options;
    await storage.empty(name, OWNER_MARK);
    await storage.deleteForGood(name, OWNER_MARK);
    await storage.removeBucket(name);
  }

  async #describe({
    name,
    createdAt = new Date(0),
  }: ListedBucket): Promise<ProjectResource | undefined> {
    const { storage, installation, monthly } = this.options;
    const mark = await readMark(storage, name);
    if (
      mark.kind !== 'marked' ||
      mark.labels[OWNERSHIP_LABELS.installation] !== installation
    ) {
      return undefined;
    }
    return {
      kind: 'bucket',
      providerId: name,
      name,
      labels: mark.labels,
      createdAt: createdAt.toISOString(),
      networks: [],
      isProtected: false,
      ...(monthly !== undefined && { monthly }),
    };
  }
}
