import type { LoggerService } from '@backstage/backend-plugin-api';
import { environmentSchema } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Bootstraps } from '../bootstrap/Bootstraps';
import { CloudError, type HetznerCloud } from '../clouds/hetzner';
import type { ConnectionRegistry } from '../connections/ConnectionRegistry';
import type { ProviderFacts } from '../connections/ProviderFacts';
import { EnvironmentObserver } from '../environments/EnvironmentObserver';
import { EnvironmentResources } from '../environments/EnvironmentResources';
import type {
  EnvironmentStore,
  StoredEnvironment,
} from '../environments/EnvironmentStore';
import type { EnvironmentSettings } from '../environments/settings';
import { isTerminal } from '../operations/operation';
import type { OperationStore } from '../operations/OperationStore';
import type { EnvironmentBuckets } from '../resources/EnvironmentBuckets';
import type { ReadContext } from '../resources/ResourceDriver';
import {
  driftIn,
  isUndisturbed,
  isWatched,
  type SeenDrift,
  type Standing,
} from './drift';
import type { DriftStore } from './DriftStore';
import type { OwnerNotices } from './OwnerNotices';
import { sharedLists } from './sharedLists';

const PAGE = 200;

type Dependencies = {
  installation: string;
  environments: Pick<EnvironmentStore, 'find' | 'list'>;
  operations: Pick<OperationStore, 'current'>;
  registry: Pick<ConnectionRegistry, 'hetzner' | 'find'>;
  facts: Pick<ProviderFacts, 'catalogue'>;
  buckets: (environmentId: string) => EnvironmentBuckets;
  settings: EnvironmentSettings;
  bootstraps: Pick<Bootstraps, 'made'>;
  observe: (
    context: ReadContext,
  ) => ReturnType<
    ConstructorParameters<typeof EnvironmentObserver>[0]['observe']
  >;
  store: DriftStore;
  notices: Pick<OwnerNotices, 'tell'>;
  /** Told of environments of which the findings are others now. */
  onChanged: (environment: StoredEnvironment) => void;
  /** Told of what differs since this look. Must not throw. */
  onFound: (resources: readonly SeenDrift[]) => void;
  now: () => Date;
  logger: LoggerService;
};

/** Compares environments with what is wanted, and keeps what differs. */
export class DriftSweep {
  constructor(private readonly dependencies: Dependencies) {}

  /** Looks at all environments; one that cannot be looked at does not keep the others from it. */
  async run(signal: AbortSignal): Promise<void> {
    const { registry, installation, logger } = this.dependencies;
    const byConnection = new Map<string, StoredEnvironment[]>();
    for (const environment of await this.#environments()) {
      const others = byConnection.get(environment.connection) ?? [];
      byConnection.set(environment.connection, [...others, environment]);
    }
    for (const [connection, environments] of byConnection) {
      try {
        const cloud = sharedLists(
          await registry.hetzner(connection),
          installation,
        );
        for (const environment of environments) {
          if (signal.aborted) return;
          await this.#lookAmongOthers(cloud, environment);
        }
      } catch (error) {
        logger.warn(
          `Environments with the connection ${connection} were not compared with what is wanted`,
          error as Error,
        );
      }
    }
  }

  /**
   * Looks at one now.
   *
   * @returns whether the look counts: not while an operation works on it
   * @throws CloudError
   */
  async look(environment: StoredEnvironment): Promise<boolean> {
    const { registry } = this.dependencies;
    return this.#lookIn(
      await registry.hetzner(environment.connection),
      environment,
    );
  }

  /** @throws CloudError, which the others of the connection would get too */
  async #lookAmongOthers(
    cloud: HetznerCloud,
    environment: StoredEnvironment,
  ): Promise<void> {
    try {
      await this.#lookIn(cloud, environment);
    } catch (error) {
      if (error instanceof CloudError) throw error;
      this.dependencies.logger.warn(
        `${environment.name} was not compared with what is wanted`,
        error as Error,
      );
    }
  }

  async #lookIn(
    cloud: HetznerCloud,
    { id }: StoredEnvironment,
  ): Promise<boolean> {
    const { environments, logger, now } = this.dependencies;
    const environment = await environments.find(id);
    if (!environment) return false;
    const before = await this.#standing(environment);
    if (!isWatched(before)) return false;
    if (!environmentSchema.safeParse(environment.document).success) {
      logger.warn(
        `${environment.name} was not compared with what is wanted: its document was written for another version of the portal. Change it once.`,
      );
      return false;
    }
    const at = now().getTime();
    const { items } = await this.#resources(cloud).list(environment);
    const now_ = await environments.find(id);
    if (!now_ || !isUndisturbed(before, await this.#standing(now_))) {
      return false;
    }
    return this.#record(environment, driftIn(items), at);
  }

  async #record(
    environment: StoredEnvironment,
    seen: readonly SeenDrift[],
    at: number,
  ): Promise<boolean> {
    const { store, onChanged, onFound, logger } = this.dependencies;
    const recorded = await store.record(environment.id, seen, at);
    if (!recorded) return false;
    const { opened, gone } = recorded;
    if (opened.length + gone > 0) onChanged(environment);
    onFound(opened);
    if (opened.length > 0) {
      logger.info(
        `${opened.length} resources of ${environment.name} differ from what is wanted since the last look`,
      );
      await this.#tellOwner(environment, opened);
    }
    return true;
  }

  /** The owner of a change that failed knows that something differs. */
  async #tellOwner(
    environment: StoredEnvironment,
    opened: readonly SeenDrift[],
  ): Promise<void> {
    if (environment.state !== 'ready') return;
    const { notices, logger } = this.dependencies;
    try {
      await notices.tell(environment, {
        subject: 'drift',
        severity: 'high',
        title: driftTitle(environment.name, opened.length),
        description: driftWords(opened),
      });
    } catch (error) {
      logger.warn(
        `The owner of ${environment.name} was not notified of what differs; its page shows it`,
        error as Error,
      );
    }
  }

  async #standing({
    id,
    state,
    revision,
    appliedRevision,
  }: StoredEnvironment): Promise<Standing> {
    const current = await this.dependencies.operations.current([id]);
    const operation = current.get(id);
    return {
      state,
      revision,
      appliedRevision,
      ...(operation && {
        operation: { id: operation.id, isOver: isTerminal(operation.state) },
      }),
    };
  }

  /** Without what pages remember: a sweep shows how it is now. */
  #resources(cloud: HetznerCloud): EnvironmentResources {
    return new EnvironmentResources({
      ...this.dependencies,
      observer: new EnvironmentObserver({
        ...this.dependencies,
        cloud: async () => cloud,
      }),
    });
  }

  async #environments(): Promise<StoredEnvironment[]> {
    const all: StoredEnvironment[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.dependencies.environments.list({
        sort: 'name',
        limit: PAGE,
        cursor,
      });
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return all;
  }
}

function driftTitle(name: string, count: number): string {
  return count === 1
    ? `One resource of ${name} differs from what is wanted`
    : `${count} resources of ${name} differ from what is wanted`;
}

/** So many are named in a notification. */
const NAMED = 3;

function driftWords(opened: readonly SeenDrift[]): string {
  const named = opened
    .slice(0, NAMED)
    .map(({ name, differences }) => `${name}: ${sentence(differences)}`);
  const others = opened.length - named.length;
  return [
    ...named,
    ...(others > 0 ? [`And ${others} more.`] : []),
    'Put it right on the page of the environment, or change what is wanted.',
  ].join(' ');
}

function sentence(words: readonly string[]): string {
  return words.join('; ').replace(/([^.])$/, '$1.');
}
