import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  monthly,
  OWNERSHIP_LABELS,
  sum,
  type Orphan,
  type OrphanList,
  type PriceBook,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError } from '../clouds/CloudError';
import { hetznerCodes, isCode } from '../clouds/hetzner';
import { s3Codes } from '../clouds/objectStorage';
import type { ProviderConnection } from '../connections/connection';
import type { ConnectionRegistry } from '../connections/ConnectionRegistry';
import type { ProviderFacts } from '../connections/ProviderFacts';
import { RefreshingCache } from '../connections/RefreshingCache';
import { consoleAddress } from '../environments/EnvironmentResources';
import type { EnvironmentStore } from '../environments/EnvironmentStore';
import type { ClusterResourceStore } from './ClusterResourceStore';
import { BucketReader } from './BucketReader';
import { isOrphanKind, rulesOf } from './orphanKinds';
import {
  clusterComponent,
  clusterOf,
  orphanId,
  orphanOf,
  type FoundResource,
  type OrphanAddress,
  type OrphanFacts,
  type OrphanJudgement,
} from './orphan';
import { ProjectReader, type ProjectResource } from './ProjectReader';

const MINUTE_MS = 60_000;

/** Twice as long as from one look to the next, unless configured otherwise. */
const LATEST_MS = 60 * MINUTE_MS;

type Dependencies = {
  installation: string;
  environments: Pick<EnvironmentStore, 'findAll'>;
  clusterResources: Pick<ClusterResourceStore, 'record' | 'find'>;
  registry: Pick<
    ConnectionRegistry,
    'list' | 'find' | 'hetzner' | 'objectStorage'
  >;
  priceBook: PriceBook;
  /** Told of a bucket that is not kept any more. */
  onReleased: (connection: string, bucket: string) => Promise<void>;
  facts: Pick<ProviderFacts, 'catalogue'>;
  now: () => Date;
  logger: LoggerService;
};

/** What was found of one orphan when it was read by its id. */
export type ReadOrphan = OrphanAddress & {
  resource: ProjectResource;
  judgement: OrphanJudgement;
};

/** What environments and their clusters left behind: finds it and removes one at a time. */
export class OrphanInventory {
  readonly #lists: RefreshingCache<object, OrphanList>;
  /** Stands for the last list; another one makes it forgotten. */
  #last = {};
  #latest: OrphanList | undefined;

  constructor(private readonly dependencies: Dependencies) {
    this.#lists = new RefreshingCache({
      freshMs: MINUTE_MS,
      staleMs: 60 * MINUTE_MS,
      now: dependencies.now,
      logger: dependencies.logger,
      what: 'The list of orphans',
    });
  }

  /** All of them, in all projects; a project that cannot be read is named. Some minutes old unless it shall be fresh. */
  async list({ fresh }: { fresh: boolean }): Promise<OrphanList> {
    if (fresh) this.forget();
    return this.#lists.get(this.#last, () => this.#look());
  }

  /** What this replica saw last; nothing when that is so old that another one looks now. */
  latest(): OrphanList | undefined {
    const { now } = this.dependencies;
    return this.#latest &&
      now().getTime() - Date.parse(this.#latest.observedAt) < LATEST_MS
      ? this.#latest
      : undefined;
  }

  /** Something changed: the next list is a new one. */
  forget(): void {
    this.#last = {};
  }

  async #look(): Promise<OrphanList> {
    const { registry, now, logger } = this.dependencies;
    const observedAt = now();
    const problems: OrphanList['problems'] = [];
    const found: Orphan[] = [];
    for (const connection of await registry.list()) {
      try {
        found.push(
          ...(connection.kind === 'hetzner'
            ? await this.#lookAt(connection, observedAt)
            : await this.#lookAtBuckets(connection, observedAt)),
        );
      } catch (error) {
        logger.warn(
          `The project of the connection ${connection.name} was not searched for orphans`,
          error as Error,
        );
        problems.push({
          connection: connection.name,
          message:
            error instanceof CloudError
              ? error.message
              : 'Its project could not be read.',
        });
      }
    }
    const items = withoutTwins(found);
    this.#latest = {
      items,
      monthly: totals(items),
      observedAt: observedAt.toISOString(),
      problems,
    };
    return this.#latest;
  }

  /**
   * One orphan, read by its id now.
   *
   * @throws InputError for what is no id; NotFoundError when it is gone or no orphan
   * @throws CloudError
   */
  async read(id: string): Promise<ReadOrphan> {
    const address = parseOrphanId(id);
    const { registry } = this.dependencies;
    const connection = address && (await registry.find(address.connection));
    if (!address || !connection) {
      throw new NotFoundError(`There is no orphan ${id}.`);
    }
    const lookedAt = this.dependencies.now().getTime();
    const found = await this.#found(address);
    const judgement =
      found &&
      orphanOf(
        found.resource,
        await this.#facts([found.resource], found.networks, lookedAt),
      );
    if (!found || !judgement) {
      throw new NotFoundError(
        `There is no orphan ${id}: it is gone, or belongs to an environment or to somebody else.`,
      );
    }
    return { ...address, resource: found.resource, judgement };
  }

  /**
   * Removes one orphan, after reading it again.
   *
   * @param name - its name at the provider, as a confirmation
   * @throws InputError, NotFoundError, ConflictError, CloudError
   */
  async remove(id: string, name: string): Promise<ReadOrphan> {
    const orphan = await this.read(id);
    const { resource, kind, providerId, connection } = orphan;
    if (resource.name !== name) {
      throw new InputError(
        `The name is ${resource.name}, not ${name}. Nothing was removed.`,
      );
    }
    if (resource.isProtected) {
      throw new ConflictError(
        `${name} is protected at the provider. Lift the protection in its console first.`,
      );
    }
    if (resource.obstacle) {
      throw new ConflictError(`${name} stays. ${resource.obstacle}`);
    }
    const { registry, onReleased } = this.dependencies;
    try {
      if (kind === 'bucket') {
        await (await this.#bucketReader(connection)).remove(name);
        await onReleased(connection, name);
      } else {
        const cloud = await registry.hetzner(connection);
        await cloud.waitFor([
          await rulesOf(kind).remove(cloud, Number(providerId)),
        ]);
      }
    } catch (error) {
      // Gone already is what was wanted.
      if (!isCode(error, hetznerCodes.notFound, s3Codes.noSuchBucket)) {
        throw error;
      }
    } finally {
      this.forget();
    }
    return orphan;
  }

  async #found({
    connection,
    kind,
    providerId,
  }: OrphanAddress): Promise<
    | { resource: ProjectResource; networks: ReadonlyMap<number, string> }
    | undefined
  > {
    if (kind === 'bucket') {
      const reader = await this.#bucketReader(connection);
      const resource = await reader.read(String(providerId));
      return resource && { resource, networks: new Map() };
    }
    const reader = await this.#reader(connection, 'interactive');
    return reader.read(kind, Number(providerId));
  }

  async #lookAtBuckets(
    connection: ProviderConnection,
    observedAt: Date,
  ): Promise<Orphan[]> {
    const reader = await this.#bucketReader(connection.name);
    const buckets = await reader.look();
    const facts = await this.#facts(buckets, new Map(), observedAt.getTime());
    const { currency = '' } = this.dependencies.priceBook.objectStorage ?? {};
    return buckets.flatMap(bucket => {
      const judgement = orphanOf(bucket, facts);
      return judgement
        ? [shownOrphan(bucket, judgement, connection, currency)]
        : [];
    });
  }

  async #bucketReader(connection: string): Promise<BucketReader> {
    const { registry, installation, priceBook } = this.dependencies;
    return new BucketReader({
      storage: await registry.objectStorage(connection),
      installation,
      monthly: priceBook.objectStorage?.monthly,
    });
  }

  async #lookAt(
    connection: ProviderConnection,
    observedAt: Date,
  ): Promise<Orphan[]> {
    const { facts: provider, clusterResources } = this.dependencies;
    const lookedAt = observedAt.getTime();
    const catalogue = await provider.catalogue(connection.name);
    const reader = await this.#reader(connection.name, 'background');
    const { resources, networks } = await reader.look();
    const facts = await this.#facts(resources, networks, lookedAt);
    await clusterResources.record(
      resources.flatMap(resource => {
        const environmentId = clusterOf(resource, facts);
        return environmentId !== undefined &&
          facts.environments.has(environmentId)
          ? [{ ...resource, environmentId }]
          : [];
      }),
      lookedAt,
    );
    return resources.flatMap(resource => {
      const judgement = orphanOf(resource, facts);
      return judgement
        ? [shownOrphan(resource, judgement, connection, catalogue.currency)]
        : [];
    });
  }

  async #reader(
    connection: string,
    priority: 'interactive' | 'background',
  ): Promise<ProjectReader> {
    const { registry, facts, installation } = this.dependencies;
    const [cloud, catalogue] = await Promise.all([
      registry.hetzner(connection),
      facts.catalogue(connection),
    ]);
    return new ProjectReader({
      cloud: cloud.scoped({ priority }),
      installation,
      catalogue,
    });
  }

  /** Reads the database after the provider, see OrphanFacts. */
  async #facts(
    resources: readonly FoundResource[],
    networks: ReadonlyMap<number, string>,
    lookedAt: number,
  ): Promise<OrphanFacts> {
    const { installation, environments, clusterResources } = this.dependencies;
    const seenBefore = await clusterResources.find(
      resources.filter(resource => clusterComponent(resource) !== undefined),
    );
    const ids = new Set([
      ...resources.flatMap(({ labels }) => environmentIdIn(labels)),
      ...networks.values(),
      ...seenBefore.values(),
    ]);
    const known = await environments.findAll([...ids]);
    return {
      installation,
      networks,
      seenBefore,
      lookedAt,
      environments: new Map(
        [...known].map(([id, { name, removedAt }]) => [
          id,
          { name, ...(removedAt && { removedAt: removedAt.getTime() }) },
        ]),
      ),
    };
  }
}

function environmentIdIn(labels: FoundResource['labels']): string[] {
  const id = labels[OWNERSHIP_LABELS.environmentId];
  return id === undefined ? [] : [id];
}

function parseOrphanId(id: string): OrphanAddress | undefined {
  const [connection, kind, providerId, ...rest] = id.split('.');
  if (
    kind === 'bucket' &&
    /^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/.test(providerId ?? '') &&
    rest.length === 0
  ) {
    return { connection, kind, providerId };
  }
  return rest.length === 0 &&
    isOrphanKind(kind ?? '') &&
    /^[1-9]\d{0,14}$/.test(providerId ?? '')
    ? {
        connection,
        kind: kind as OrphanAddress['kind'],
        providerId: Number(providerId),
      }
    : undefined;
}

function shownOrphan(
  resource: ProjectResource,
  judgement: OrphanJudgement,
  connection: ProviderConnection,
  currency: string,
): Orphan {
  const { kind, providerId, name, labels, createdAt } = resource;
  const consoleUrl = consoleAddress(
    kind as Parameters<typeof consoleAddress>[0],
    providerId,
    connection.consoleProjectId,
  );
  return {
    id: orphanId({ connection: connection.name, kind, providerId }),
    kind,
    name,
    providerId: String(providerId),
    connection: connection.name,
    labels,
    createdAt,
    ...judgement,
    // An environment is adopted by what stands in its project; its bucket comes with it.
    adoptable: kind !== 'bucket' && isAdoptable(judgement),
    protectedAtProvider: resource.isProtected,
    ...(resource.monthly !== undefined && {
      monthly: monthly(resource.monthly),
      currency,
    }),
    ...(consoleUrl && { consoleUrl }),
  };
}

/** Whether its labels name an environment that the database does not know. */
export function isAdoptable(judgement: OrphanJudgement): boolean {
  return (
    judgement.reason === 'unknown' &&
    judgement.environmentId !== undefined &&
    judgement.environment !== undefined
  );
}

/** Two connections may be two tokens of one project. */
function withoutTwins(orphans: readonly Orphan[]): Orphan[] {
  const twins = new Set<string>();
  return orphans.filter(({ kind, providerId, name, createdAt }) => {
    const resource = JSON.stringify([kind, providerId, name, createdAt]);
    if (twins.has(resource)) return false;
    twins.add(resource);
    return true;
  });
}

function totals(items: readonly Orphan[]): OrphanList['monthly'] {
  const currencies = new Set(items.flatMap(({ currency }) => currency ?? []));
  return [...currencies].map(currency => ({
    currency,
    monthly: monthly(
      sum(
        onceForBuckets(items.filter(item => item.currency === currency)).map(
          item => item.monthly!,
        ),
      ),
    ),
  }));
}

/** Object storage has one price for all buckets of an account. */
function onceForBuckets(items: readonly Orphan[]): Orphan[] {
  const first = items.find(({ kind }) => kind === 'bucket');
  return items.filter(item => item.kind !== 'bucket' || item === first);
}
