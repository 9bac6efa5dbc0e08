import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  CHANGE_SIGNAL_CHANNEL,
  ENVIRONMENT_EVENT_TOPIC,
  SIGNAL_PULSE_SECONDS,
  type ChangeSignal,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Clock } from '../clouds/clock';
import type {
  EnvironmentStore,
  StoredEnvironment,
} from '../environments/EnvironmentStore';
import type { OperationSignals } from '../operations/OperationSignals';
import type { OperationStore } from '../operations/OperationStore';
import { differences, type Announced, type Glance } from './differences';

/** Changes within this time are told together, and nothing is told more often. Milliseconds. */
const TOGETHER_MS = 250;

type Dependencies = {
  written: Pick<OperationSignals, 'onWritten'>;
  operations: Pick<OperationStore, 'find' | 'current' | 'endedSteps'>;
  environments: Pick<EnvironmentStore, 'findAll'>;
  events: Pick<EventsService, 'publish'>;
  signals: Pick<SignalsService, 'publish'>;
  clock: Clock;
  logger: LoggerService;
};

/**
 * Tells other plugins and browsers that environments changed, after the commit.
 * It reads what became of them instead of being told, so that many writes are
 * one announcement, and it never fails or delays the work itself: what cannot
 * be announced is logged, and found by whoever reads again.
 */
export class Announcer {
  readonly #dependencies: Dependencies;
  readonly #written = new Set<string>();
  #announced: Announced = new Map();
  #cancelAnnouncement: (() => void) | undefined;
  #cancelPulse: (() => void) | undefined;
  #stopListening: (() => void) | undefined;
  #announcing: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Begins to listen. */
  start(): void {
    this.#stopListening = this.#dependencies.written.onWritten(operationId => {
      this.#written.add(operationId);
      this.#announceSoon();
    });
    this.#pulse();
  }

  /** Stops listening and tells what is left. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopListening?.();
    this.#cancelPulse?.();
    this.#cancelAnnouncement?.();
    await this.#announcing;
    await this.#announce();
  }

  /** Tells that what is found of an environment is something else now, though no operation wrote anything. */
  foundOtherwise({
    id,
    name,
    owner,
    state,
    revision,
  }: StoredEnvironment): void {
    this.#signal({ environments: [id], resources: [id] });
    this.#publish(
      this.#dependencies.events.publish({
        topic: ENVIRONMENT_EVENT_TOPIC,
        eventPayload: { id, name, owner, state, revision },
      }),
    );
  }

  /** Tells that a connection was added, changed, checked or deleted. */
  connectionsChanged(): void {
    this.#signal({ environments: [], resources: [], connections: true });
  }

  #announceSoon(): void {
    this.#cancelAnnouncement ??= this.#dependencies.clock.schedule(
      TOGETHER_MS,
      () => {
        this.#announcing = this.#announce().finally(() => {
          this.#cancelAnnouncement = undefined;
          if (this.#written.size > 0 && !this.#isStopped) {
            this.#announceSoon();
          }
        });
      },
    );
  }

  async #announce(): Promise<void> {
    const operationIds = [...this.#written];
    this.#written.clear();
    if (operationIds.length === 0) {
      return;
    }
    try {
      const { events, signal, announced } = differences(
        this.#announced,
        await this.#look(operationIds),
        this.#dependencies.clock.now(),
      );
      this.#announced = announced;
      if (signal.environments.length > 0 || signal.resources.length > 0) {
        this.#signal(signal);
      }
      for (const event of events) {
        this.#publish(
          this.#dependencies.events.publish({
            topic: ENVIRONMENT_EVENT_TOPIC,
            eventPayload: event,
          }),
        );
      }
    } catch (error) {
      this.#dependencies.logger.warn(
        `Nobody was told of changes by the operations ${operationIds.join(
          ', ',
        )}; pages show them when they read again`,
        error as Error,
      );
    }
  }

  async #look(operationIds: readonly string[]): Promise<Glance[]> {
    const { operations, environments } = this.#dependencies;
    const written = await Promise.all(
      operationIds.map(id => operations.find(id)),
    );
    const ids = [
      ...new Set(written.flatMap(found => found?.environmentId ?? [])),
    ];
    const [found, current] = await Promise.all([
      environments.findAll(ids),
      operations.current(ids),
    ]);
    const endedSteps = await operations.endedSteps(
      [...current.values()].map(({ id }) => id),
    );
    return [...found.values()].map(({ id, name, owner, state, revision }) => {
      const operation = current.get(id);
      return {
        event: {
          id,
          name,
          owner,
          state,
          revision,
          ...(operation && {
            operation: {
              id: operation.id,
              goal: operation.goal,
              state: operation.state,
            },
          }),
        },
        endedSteps: operation ? endedSteps.get(operation.id) ?? 0 : 0,
      };
    });
  }

  #pulse(): void {
    this.#cancelPulse = this.#dependencies.clock.schedule(
      SIGNAL_PULSE_SECONDS * 1000,
      () => {
        this.#signal({ environments: [], resources: [] });
        this.#pulse();
      },
    );
  }

  #signal(message: ChangeSignal): void {
    this.#publish(
      this.#dependencies.signals.publish({
        channel: CHANGE_SIGNAL_CHANNEL,
        recipients: { type: 'broadcast' },
        message: { ...message },
      }),
    );
  }

  /** Nobody waits: publishing waits for every subscriber of this process. */
  #publish(publishing: Promise<void>): void {
    publishing.catch(error =>
      this.#dependencies.logger.warn(
        'A change of environments could not be published; pages show it when they read again',
        error as Error,
      ),
    );
  }
}
