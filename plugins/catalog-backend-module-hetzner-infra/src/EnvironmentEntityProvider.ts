import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventParams, EventsService } from '@backstage/plugin-events-node';
import {
  ENVIRONMENT_ANNOTATION,
  ENVIRONMENT_EVENT_TOPIC,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { z } from 'zod';
import type { CatalogContents } from './CatalogContents';
import type { EnvironmentReader } from './EnvironmentReader';

/** Name of the provider, and owner of its entities in the catalog: with another one all of them would go. */
export const PROVIDER_NAME = 'hetzner-infra';

/** Pauses before an environment that could not be read is tried again; the next full refresh comes after that. Milliseconds. */
const RETRY_PAUSES_MILLISECONDS = [1_000, 5_000, 15_000];

/** How often something is read again that keeps changing while it is applied. */
const MOST_READINGS = 5;

const eventSchema = z.object({ name: z.string() });

/**
 * Keeps the catalog's entities of environments true: at once when an event
 * tells of a change, and by a full refresh from time to time.
 *
 * An event says only which environment to look at. What the catalog is given is
 * what the API tells after the event, so late, doubled and disordered events do
 * no harm. What was applied is read once more, because another replica may have
 * applied something younger meanwhile.
 */
export class EnvironmentEntityProvider implements EntityProvider {
  readonly #stopping = new AbortController();
  readonly #changed = new Set<string>();
  /** What this process gave the catalog, by environment: the catalog's own answers are some seconds old. */
  readonly #given = new Map<string, Set<string>>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dependencies: {
      reader: Pick<EnvironmentReader, 'all' | 'named'>;
      catalog: Pick<CatalogContents, 'entitiesOf'>;
      taskRunner: SchedulerServiceTaskRunner;
      events: EventsService;
      logger: LoggerService;
    },
  ) {}

  getProviderName(): string {
    return PROVIDER_NAME;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const { events, taskRunner } = this.dependencies;
    await events.subscribe({
      id: PROVIDER_NAME,
      topics: [ENVIRONMENT_EVENT_TOPIC],
      // The publisher waits for its subscribers: the work is done afterwards.
      onEvent: async event => this.#onEvent(event, connection),
    });
    await taskRunner.run({
      id: `${PROVIDER_NAME}:refresh`,
      fn: () => this.#inTurn(() => this.#refreshAll(connection)),
    });
  }

  /** Waits for what is being applied and gives up what is to be tried again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#turn;
  }

  #onEvent(
    { eventPayload }: EventParams,
    connection: EntityProviderConnection,
  ) {
    const { logger } = this.dependencies;
    const event = eventSchema.safeParse(eventPayload);
    if (!event.success) {
      logger.warn(
        `An event on ${ENVIRONMENT_EVENT_TOPIC} names no environment; the next full refresh shows what it meant`,
      );
      return;
    }
    const { name } = event.data;
    if (this.#changed.has(name)) {
      return;
    }
    this.#changed.add(name);
    void this.#refreshPatiently(name, connection);
  }

  async #refreshPatiently(
    name: string,
    connection: EntityProviderConnection,
  ): Promise<void> {
    for (const milliseconds of [0, ...RETRY_PAUSES_MILLISECONDS]) {
      try {
        await pause(milliseconds, undefined, {
          signal: this.#stopping.signal,
          ref: false,
        });
      } catch {
        return;
      }
      try {
        await this.#inTurn(async () => {
          this.#changed.delete(name);
          await this.#refresh(name, connection);
        });
        return;
      } catch (error) {
        this.dependencies.logger.warn(
          `The catalog could not be told of environment ${name}`,
          error as Error,
        );
      }
    }
  }

  /** One after the other: what was read first must not be applied last. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #refreshAll(connection: EntityProviderConnection): Promise<void> {
    const { reader, logger } = this.dependencies;
    await untilSteady(
      // All pages are read before anything is replaced: an error deletes nothing.
      () => reader.all(),
      async entities => {
        await connection.applyMutation({
          type: 'full',
          entities: entities.map(deferred),
        });
        this.#given.clear();
        for (const entity of entities) {
          const name = entity.metadata.annotations![ENVIRONMENT_ANNOTATION];
          const given = this.#given.get(name) ?? new Set();
          this.#given.set(name, given.add(stringifyEntityRef(entity)));
        }
      },
    );
    logger.debug('Read all environments again');
  }

  async #refresh(
    name: string,
    connection: EntityProviderConnection,
  ): Promise<void> {
    const { reader, catalog } = this.dependencies;
    const known = new Set([
      ...(this.#given.get(name) ?? []),
      ...(await catalog.entitiesOf(name)),
    ]);
    await untilSteady(
      () => reader.named(name),
      async entities => {
        const refs = new Set(
          entities.map(entity => stringifyEntityRef(entity)),
        );
        await connection.applyMutation({
          type: 'delta',
          added: entities.map(deferred),
          removed: [...known]
            .filter(ref => !refs.has(ref))
            .map(entityRef => ({ entityRef, locationKey: PROVIDER_NAME })),
        });
        refs.forEach(ref => known.add(ref));
        this.#given.set(name, known);
      },
    );
  }
}

/** Applies what is read, until what is read again is what was applied. */
async function untilSteady(
  read: () => Promise<Entity[]>,
  apply: (entities: Entity[]) => Promise<void>,
): Promise<void> {
  let applied: Entity[] | undefined;
  for (let reading = 0; reading < MOST_READINGS; reading += 1) {
    const entities = await read();
    if (applied && isDeepStrictEqual(applied, entities)) {
      return;
    }
    await apply(entities);
    applied = entities;
  }
}

function deferred(entity: Entity): DeferredEntity {
  return { entity, locationKey: PROVIDER_NAME };
}
