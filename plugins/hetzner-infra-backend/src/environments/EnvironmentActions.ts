import { ConflictError } from '@backstage/errors';
import { purposeOf, type Operation } from '../operations/operation';
import { OperationConflictError } from '../operations/OperationConflictError';
import type { OperationStore } from '../operations/OperationStore';
import type { Caller } from './Caller';
import type { EnvironmentStore, StoredEnvironment } from './EnvironmentStore';
import { onFailureOf } from './onFailureOf';
import { isProtected } from './readDocument';
import { repeatable, Requests, type Accepted } from './Requests';
import { coded } from '../coded';
import { refuseOtherBucket } from './refuseOtherBucket';

type Dependencies = {
  environments: EnvironmentStore;
  operations: OperationStore;
  now: () => Date;
};

/** What people do with an environment without changing what is wanted, and its removal. */
export class EnvironmentActions {
  readonly #requests: Requests;

  constructor(private readonly dependencies: Dependencies) {
    this.#requests = new Requests(dependencies);
  }

  /** @throws ConflictError when it is protected, its removal runs with another choice, or it is not as expected */
  async remove(
    environment: StoredEnvironment,
    {
      data,
      bucket,
      requestId,
      retryOf,
      expectedRevision,
    }: {
      data: 'keep' | 'delete';
      /** The bucket that goes with the data in it. */
      bucket?: string;
      requestId?: string;
      retryOf?: string;
      /** Refuse it when the environment was changed meanwhile. */
      expectedRevision?: number;
    },
    caller: Caller,
  ): Promise<Accepted> {
    if (isProtected(environment)) {
      throw coded(
        new ConflictError(
          `${environment.name} is protected. Set metadata.protected to false and apply it first.`,
        ),
        'environment-protected',
        { environment: environment.name },
      );
    }
    refuseOtherBucket(environment, data, bucket);
    const { operation } = await this.dependencies.operations.submit(
      {
        environmentId: environment.id,
        goal: 'remove',
        revision: environment.revision,
        previousRevision: environment.revision,
        ...repeatable(caller, requestId, {
          call: 'remove',
          id: environment.id,
          data,
          bucket,
        }),
        options: { data, bucket, retryOf },
        expectedRevision,
      },
      this.dependencies.now(),
    );
    return this.#requests.accepted(operation);
  }

  /** The environment that the same request removed before, so that repeating it is answered alike. */
  async removedBefore(
    name: string,
    requestId: string | undefined,
    caller: Caller,
  ): Promise<StoredEnvironment | undefined> {
    if (requestId === undefined) {
      return undefined;
    }
    const { items } = await this.dependencies.operations.list({
      requestId,
      limit: 500,
    });
    const removal = items.find(
      o => o.initiator === caller.ref && o.goal === 'remove',
    );
    const environment =
      removal && (await this.#requests.environment(removal.environmentId));
    return environment?.name === name ? environment : undefined;
  }

  /** Puts right what differs from the wanted revision. @throws ConflictError */
  async reconcile(
    environment: StoredEnvironment,
    caller: Caller,
  ): Promise<Accepted> {
    return this.#apply(environment, caller, {});
  }

  /** @throws ConflictError when it is over, or cannot be cancelled any more */
  async cancel(operation: Operation): Promise<Accepted> {
    const { operations, now } = this.dependencies;
    return this.#requests.accepted(
      await operations.requestCancel(operation.id, now()),
    );
  }

  /**
   * A new operation with the goal of one that failed, for the youngest one of its
   * environment only: what an older one was asked for may not be wanted any more.
   *
   * @throws ConflictError
   */
  async retry(operation: Operation, caller: Caller): Promise<Accepted> {
    if (operation.state !== 'failed') {
      throw new OperationConflictError(
        `Operation ${operation.id} is ${operation.state}; only one that failed can be tried again.`,
        operation.id,
      );
    }
    const environment = await this.#requests.environment(
      operation.environmentId,
    );
    if (environment.state === 'removed') {
      throw coded(
        new ConflictError(
          `Nothing is left of ${environment.name}. Create it again.`,
        ),
        'nothing-left',
        { environment: environment.name },
      );
    }
    if (operation.goal === 'remove') {
      const { data = 'keep', bucket } = operation.options;
      return this.remove(
        environment,
        { data, bucket, retryOf: operation.id },
        caller,
      );
    }
    if (operation.revision !== environment.revision) {
      throw new ConflictError(
        `${environment.name} wants revision ${environment.revision} now, not ${operation.revision}. Reconcile it instead.`,
      );
    }
    return this.#apply(environment, caller, {
      ...operation.options,
      retryOf: operation.id,
      purpose: purposeOf(operation),
    });
  }

  async #apply(
    environment: StoredEnvironment,
    caller: Caller,
    options: Operation['options'],
  ): Promise<Accepted> {
    const { operations } = this.dependencies;
    const { operation } = await operations.submit(
      {
        environmentId: environment.id,
        goal: 'apply',
        revision: environment.revision,
        previousRevision: environment.revision,
        initiator: caller.ref,
        options: {
          ...options,
          ...(await onFailureOf(environment, operations)),
        },
      },
      this.dependencies.now(),
    );
    return this.#requests.accepted(operation);
  }
}
