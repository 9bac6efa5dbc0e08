import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  environmentSchema,
  type CreateEnvironmentRequest,
  type EnvironmentDocument,
  type Quote,
  type ServerTypeChoices,
  type UpdateEnvironmentRequest,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import type { ProviderConnection } from '../connections/connection';
import type { ConnectionRegistry } from '../connections/ConnectionRegistry';
import type { ConnectionStore } from '../connections/ConnectionStore';
import { InvalidInputError } from '../InvalidInputError';
import { isTerminal, type Operation } from '../operations/operation';
import { OperationConflictError } from '../operations/OperationConflictError';
import type { OperationStore } from '../operations/OperationStore';
import { admit, ownerOf } from './admit';
import type { Appraisal, Appraiser } from './Appraiser';
import type { Caller } from './Caller';
import type { EnvironmentObserver } from './EnvironmentObserver';
import type {
  DesiredState,
  EnvironmentStore,
  StoredDocument,
  StoredEnvironment,
} from './EnvironmentStore';
import { readDocument } from './readDocument';
import {
  BlockedError,
  blockingProblems,
  immutableChanges,
  priceAbove,
} from './refusals';
import { requestHash } from './requestHash';

/** What a request that was accepted answers. */
export type Accepted = { environment: StoredEnvironment; operation: Operation };

type Dependencies = {
  knex: Knex;
  environments: EnvironmentStore;
  operations: OperationStore;
  connections: ConnectionStore;
  registry: Pick<ConnectionRegistry, 'find'>;
  appraiser: Appraiser;
  observer: EnvironmentObserver;
  now: () => Date;
};

type Price = { currency: string; maxMonthly?: string };

/**
 * What people ask of environments. Each verb decides everything that can be
 * decided before it stores anything, then stores the wanted state and its
 * operation in one transaction; operations do the rest.
 *
 * Whether the caller may ask at all is decided before, by permissions.
 */
export class Environments {
  constructor(private readonly dependencies: Dependencies) {}

  /**
   * Price, plan, quota and warnings of a document. For a name in use the quote
   * is that of the change, if the caller may read the environment.
   *
   * @throws InvalidInputError, NotYoursError, ConflictError, CloudError
   */
  async quote(
    input: unknown,
    caller: Caller,
    mayRead: (environment: StoredEnvironment) => Promise<boolean>,
  ): Promise<Quote> {
    const document = readDocument(input);
    const connection = await this.#admitted(document, caller);
    const { name } = document.metadata;
    const existing = await this.dependencies.environments.findByName(name);
    if (!existing) {
      return (await this.dependencies.appraiser.appraise(document, connection))
        .quote;
    }
    if (!(await mayRead(existing))) {
      throw nameInUse(name);
    }
    refuseImmutable(existing, document);
    return (await this.#appraiseChange(existing, document, connection)).quote;
  }

  /** @throws InvalidInputError, NotYoursError, BlockedError, ConflictError, CloudError */
  async create(
    request: CreateEnvironmentRequest,
    caller: Caller,
  ): Promise<Accepted> {
    const { requestId, ...content } = request;
    const repeatable = this.#repeatable(caller, requestId, {
      call: 'create',
      ...content,
    });
    const before = await this.#repeated(repeatable);
    if (before) {
      return before;
    }

    const { environments, operations, connections, appraiser, knex, now } =
      this.dependencies;
    const document = readDocument(request.environment);
    const { name } = document.metadata;
    const connection = await this.#admitted(document, caller);
    if (await environments.findByName(name)) {
      throw nameInUse(name);
    }
    const appraisal = await appraiser.appraise(document, connection);
    refuseBlocked(appraisal.quote, {
      currency: appraisal.currency,
      maxMonthly: request.maxMonthly,
    });

    try {
      const accepted = await knex.transaction(async tx => {
        if (
          connection.origin === 'api' &&
          !(await connections.hold(connection.name, tx))
        ) {
          throw new ConflictError(
            `The connection ${connection.name} was deleted meanwhile.`,
          );
        }
        const environment = await environments.create(
          {
            ...desiredState(document, appraisal, caller),
            name,
            connection: connection.name,
            location: document.spec.location,
          },
          now(),
          tx,
        );
        const { operation } = await operations.submit(
          {
            environmentId: environment.id,
            goal: 'apply',
            revision: environment.revision,
            ...repeatable,
            options: {
              onFailure: request.onFailure ?? 'undo',
              maxMonthly: request.maxMonthly,
            },
          },
          now(),
          tx,
        );
        return { environment, operation };
      });
      operations.wake(accepted.operation.id);
      return accepted;
    } catch (error) {
      // The same request may have come twice at the same moment.
      const twin = await this.#repeated(repeatable);
      if (twin) {
        return twin;
      }
      throw error;
    }
  }

  /** @throws InvalidInputError, NotYoursError, BlockedError, ConflictError, CloudError */
  async update(
    environment: StoredEnvironment,
    request: UpdateEnvironmentRequest,
    caller: Caller,
  ): Promise<Accepted> {
    const { requestId, ...content } = request;
    const repeatable = this.#repeatable(caller, requestId, {
      call: 'update',
      id: environment.id,
      ...content,
    });
    const before = await this.#repeated(repeatable);
    if (before) {
      return before;
    }

    const { environments, operations, knex, now } = this.dependencies;
    const document = readDocument(request.environment);
    refuseImmutable(environment, document);
    const connection = await this.#admitted(document, caller);
    await this.#refuseWhileWorking(environment);
    if (request.revision !== environment.revision) {
      throw new ConflictError(
        `${environment.name} is at revision ${environment.revision}; the change was made from ${request.revision}. Load it again and repeat the change.`,
      );
    }
    const appraisal = await this.#appraiseChange(
      environment,
      document,
      connection,
    );
    refuseBlocked(appraisal.quote, {
      currency: appraisal.currency,
      maxMonthly: request.maxMonthly,
    });

    const accepted = await knex.transaction(async tx => {
      const changed = await environments.change(
        environment.id,
        {
          ...desiredState(document, appraisal, caller),
          expectedRevision: request.revision,
        },
        now(),
        tx,
      );
      const { operation } = await operations.submit(
        {
          environmentId: environment.id,
          goal: 'apply',
          revision: changed.revision,
          previousRevision: environment.revision,
          ...repeatable,
          options: { maxMonthly: request.maxMonthly },
        },
        now(),
        tx,
      );
      return operation;
    });
    operations.wake(accepted.id);
    return this.#accepted(accepted);
  }

  /** @throws ConflictError when it is protected, or its removal runs with another choice */
  async remove(
    environment: StoredEnvironment,
    request: { data: 'keep' | 'delete'; requestId?: string },
    caller: Caller,
  ): Promise<Accepted> {
    if (documentOf(environment).metadata.protected) {
      throw new ConflictError(
        `${environment.name} is protected. Set metadata.protected to false and apply it first.`,
      );
    }
    const { operation } = await this.dependencies.operations.submit(
      {
        environmentId: environment.id,
        goal: 'remove',
        revision: environment.revision,
        previousRevision: environment.revision,
        ...this.#repeatable(caller, request.requestId, {
          call: 'remove',
          id: environment.id,
          data: request.data,
        }),
        options: { data: request.data },
      },
      this.dependencies.now(),
    );
    return this.#accepted(operation);
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
    const environment = removal && (await this.#find(removal.environmentId));
    return environment?.name === name ? environment : undefined;
  }

  /** Puts right what differs from the wanted revision. @throws ConflictError */
  async reconcile(
    environment: StoredEnvironment,
    caller: Caller,
  ): Promise<Accepted> {
    return this.#again(environment, 'apply', caller, {});
  }

  /** @throws ConflictError when it is over, or cannot be cancelled any more */
  async cancel(operation: Operation): Promise<Accepted> {
    const { operations, now } = this.dependencies;
    return this.#accepted(await operations.requestCancel(operation.id, now()));
  }

  /** A new operation with the goal of one that failed. @throws ConflictError */
  async retry(operation: Operation, caller: Caller): Promise<Accepted> {
    if (operation.state !== 'failed') {
      throw new OperationConflictError(
        `Operation ${operation.id} is ${operation.state}; only one that failed can be tried again.`,
        operation.id,
      );
    }
    const environment = await this.#find(operation.environmentId);
    if (environment.state === 'removed') {
      throw new ConflictError(
        `Nothing is left of ${environment.name}. Create it again.`,
      );
    }
    if (
      operation.goal === 'apply' &&
      operation.revision !== environment.revision
    ) {
      throw new ConflictError(
        `${environment.name} wants revision ${environment.revision} now, not ${operation.revision}. Reconcile it instead.`,
      );
    }
    return this.#again(environment, operation.goal, caller, operation.options);
  }

  async #again(
    environment: StoredEnvironment,
    goal: Operation['goal'],
    caller: Caller,
    options: Operation['options'],
  ): Promise<Accepted> {
    const { operation } = await this.dependencies.operations.submit(
      {
        environmentId: environment.id,
        goal,
        revision: environment.revision,
        previousRevision: environment.revision,
        initiator: caller.ref,
        options,
      },
      this.dependencies.now(),
    );
    return this.#accepted(operation);
  }

  async #admitted(
    document: EnvironmentDocument,
    caller: Caller,
  ): Promise<ProviderConnection> {
    const connection = await this.dependencies.registry.find(
      document.spec.connections.hetzner,
    );
    admit(document, caller, connection);
    return connection;
  }

  async #appraiseChange(
    environment: StoredEnvironment,
    document: EnvironmentDocument,
    connection: ProviderConnection,
  ): Promise<Appraisal> {
    const { observer, operations, appraiser } = this.dependencies;
    const current = await operations.current([environment.id]);
    const { resources } = await observer.look(
      environment,
      current.get(environment.id),
    );
    return appraiser.appraise(document, connection, {
      actual: resources,
      choices: environment.choices as ServerTypeChoices,
    });
  }

  async #refuseWhileWorking(environment: StoredEnvironment): Promise<void> {
    const current = (
      await this.dependencies.operations.current([environment.id])
    ).get(environment.id);
    if (current && !isTerminal(current.state)) {
      throw new OperationConflictError(
        `Operation ${current.id} (${current.goal}, ${current.state}) works on ${environment.name}. Wait for its end or cancel it.`,
        current.id,
      );
    }
  }

  #repeatable(
    caller: Caller,
    requestId: string | undefined,
    content: Record<string, unknown>,
  ) {
    return {
      initiator: caller.ref,
      requestId,
      requestHash: requestId === undefined ? undefined : requestHash(content),
    };
  }

  async #repeated(request: {
    initiator: string;
    requestId?: string;
    requestHash?: string;
  }): Promise<Accepted | undefined> {
    const operation = await this.dependencies.operations.findRequest(request);
    return operation && this.#accepted(operation);
  }

  async #accepted(operation: Operation): Promise<Accepted> {
    return {
      operation,
      environment: await this.#find(operation.environmentId),
    };
  }

  async #find(id: string): Promise<StoredEnvironment> {
    const environment = await this.dependencies.environments.find(id);
    if (!environment) {
      throw new NotFoundError(`There is no environment with id ${id}`);
    }
    return environment;
  }
}

function nameInUse(name: string): ConflictError {
  return new BlockedError(
    `An environment named ${name} exists. Choose another name, or change that environment.`,
    [{ path: 'metadata.name', message: `The name ${name} is in use.` }],
  );
}

function documentOf(environment: StoredEnvironment): EnvironmentDocument {
  return environmentSchema.parse(environment.document);
}

function refuseImmutable(
  environment: StoredEnvironment,
  document: EnvironmentDocument,
): void {
  const changes = immutableChanges(documentOf(environment), document);
  if (changes.length > 0) {
    throw new InvalidInputError(
      `${changes.map(({ path }) => path).join(', ')} of ${
        environment.name
      } cannot change.`,
      changes,
    );
  }
}

function refuseBlocked(quote: Quote, price: Price): void {
  const problems = blockingProblems(quote);
  if (problems.length > 0) {
    throw new BlockedError(
      problems.map(({ message }) => message).join(' '),
      problems,
    );
  }
  const above = priceAbove(quote, price.currency, price.maxMonthly);
  if (above) {
    throw new BlockedError(above, [{ path: 'maxMonthly', message: above }]);
  }
}

function desiredState(
  document: EnvironmentDocument,
  appraisal: Appraisal,
  caller: Caller,
): DesiredState {
  return {
    owner: ownerOf(document),
    document: document as unknown as StoredDocument,
    choices: appraisal.blueprint.choices,
    monthly: appraisal.quote.totals,
    by: caller.ref,
  };
}
