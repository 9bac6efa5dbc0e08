import { ConflictError } from '@backstage/errors';
import {
  standingTotals,
  type CreateEnvironmentRequest,
  type CreateQuoteRequest,
  type EnvironmentDocument,
  type Quote,
  type ResourceNode,
  type ServerTypeChoices,
  type UpdateEnvironmentRequest,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import type {
  HetznerAccount,
  ProviderConnection,
} from '../connections/connection';
import type { ConnectionRegistry } from '../connections/ConnectionRegistry';
import type { ConnectionStore } from '../connections/ConnectionStore';
import type { Approval } from '../operations/approval';
import { isTerminal } from '../operations/operation';
import { OperationConflictError } from '../operations/OperationConflictError';
import type { OperationStore } from '../operations/OperationStore';
import { admit, admitObjectStorage, ownerOf } from './admit';
import type { Appraisal, Appraiser } from './Appraiser';
import type { Caller } from './Caller';
import type { Owners } from './CatalogOwners';
import type { EnvironmentObserver } from './EnvironmentObserver';
import type {
  DesiredState,
  EnvironmentStore,
  StoredDocument,
  StoredEnvironment,
} from './EnvironmentStore';
import type { Approvals } from './Approvals';
import type { Guardrails } from './Guardrails';
import { onFailureOf } from './onFailureOf';
import { readDocument } from './readDocument';
import { refuseMetadata } from './refuseMetadata';
import { nameInUse, refuseBlocked, refuseImmutable } from './refusals';
import { repeatable, Requests, type Accepted } from './Requests';
import { coded } from '../coded';

type Dependencies = {
  knex: Knex;
  environments: EnvironmentStore;
  operations: OperationStore;
  connections: ConnectionStore;
  registry: Pick<ConnectionRegistry, 'find'>;
  appraiser: Appraiser;
  guardrails: Guardrails;
  approvals: Pick<Approvals, 'requested'>;
  observer: EnvironmentObserver;
  owners: Owners;
  now: () => Date;
};

/**
 * What people want of environments: quote, create, change. Each verb decides everything that can be
 * decided before it stores anything, then stores the wanted state and its
 * operation in one transaction; operations do the rest.
 *
 * Whether the caller may ask at all is decided before, by permissions.
 */
export class Environments {
  readonly #requests: Requests;

  constructor(private readonly dependencies: Dependencies) {
    this.#requests = new Requests(dependencies);
  }

  /**
   * Price, plan, quota and warnings of a document. For a name in use the quote
   * is that of the change, if the caller may read the environment and does not
   * mean to create one.
   *
   * @throws InvalidInputError, NotYoursError, ConflictError, CloudError
   */
  async quote(
    request: CreateQuoteRequest,
    caller: Caller,
    mayRead: (environment: StoredEnvironment) => Promise<boolean>,
  ): Promise<Quote> {
    const document = readDocument(request.environment);
    const connection = await this.#admitted(document, caller);
    const { name } = document.metadata;
    const existing = await this.dependencies.environments.findByName(name);
    if (!existing) {
      await refuseMetadata(document, undefined, this.dependencies);
      return this.#quoted(
        document,
        await this.dependencies.appraiser.appraise(document, connection),
      );
    }
    if (request.intent === 'create' || !(await mayRead(existing))) {
      throw nameInUse(name);
    }
    refuseImmutable(existing.document, document);
    await refuseMetadata(document, existing, this.dependencies);
    return this.#quoted(
      document,
      await this.#appraiseChange(existing, document, connection),
      existing,
    );
  }

  /** @throws InvalidInputError, NotYoursError, BlockedError, ConflictError, CloudError */
  async create(
    request: CreateEnvironmentRequest,
    caller: Caller,
  ): Promise<Accepted> {
    const { requestId, ...content } = request;
    const identity = repeatable(caller, requestId, {
      call: 'create',
      ...content,
    });
    const before = await this.#requests.repeated(identity);
    if (before) {
      return before;
    }

    const { environments, operations, appraiser, knex, now } =
      this.dependencies;
    const document = readDocument(request.environment);
    const { name } = document.metadata;
    const connection = await this.#admitted(document, caller);
    const objectStorage = await this.#objectStorage(document);
    if (await environments.findByName(name)) {
      throw nameInUse(name);
    }
    await refuseMetadata(document, undefined, this.dependencies);
    const appraisal = await appraiser.appraise(
      document,
      connection,
      undefined,
      { forOrder: true },
    );
    refuseBlocked(appraisal.quote, {
      currency: appraisal.currency,
      maxMonthly: request.maxMonthly,
    });
    this.dependencies.guardrails.refuseForbidden(document, appraisal);

    try {
      const accepted = await knex.transaction(async tx => {
        const approval = await this.#approval(tx, document, appraisal);
        await this.#hold([connection, objectStorage], tx);
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
            ...identity,
            options: {
              onFailure: request.onFailure ?? 'undo',
              maxMonthly: request.maxMonthly,
              approval,
            },
          },
          now(),
          tx,
        );
        return { environment, operation };
      });
      operations.wake(accepted.operation.id);
      await this.dependencies.approvals.requested(accepted);
      return accepted;
    } catch (error) {
      // The same request may have come twice at the same moment.
      const twin = await this.#requests.repeated(identity);
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
    const identity = repeatable(caller, requestId, {
      call: 'update',
      id: environment.id,
      ...content,
    });
    const before = await this.#requests.repeated(identity);
    if (before) {
      return before;
    }

    const { environments, operations, knex, now } = this.dependencies;
    const document = readDocument(request.environment);
    refuseImmutable(environment.document, document);
    const connection = await this.#admitted(document, caller);
    await this.#refuseWhileWorking(environment);
    if (request.revision !== environment.revision) {
      throw coded(
        new ConflictError(
          `${environment.name} is at revision ${environment.revision}; the change was made from ${request.revision}. Load it again and repeat the change.`,
        ),
        'revision-is-old',
        {
          environment: environment.name,
          revision: environment.revision,
          from: request.revision,
        },
      );
    }
    await refuseMetadata(document, environment, this.dependencies);
    const appraisal = await this.#appraiseChange(
      environment,
      document,
      connection,
      { forOrder: true },
    );
    refuseBlocked(appraisal.quote, {
      currency: appraisal.currency,
      maxMonthly: request.maxMonthly,
    });

    this.dependencies.guardrails.refuseForbidden(
      document,
      appraisal,
      environment,
    );
    const onFailure = await onFailureOf(environment, operations);
    const objectStorage = await this.#objectStorage(document);
    const accepted = await knex.transaction(async tx => {
      await this.#hold([objectStorage], tx);
      const approval = await this.#approval(
        tx,
        document,
        appraisal,
        environment,
      );
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
          ...identity,
          options: {
            maxMonthly: request.maxMonthly,
            ...(appraisal.inPlace && { inPlace: true }),
            approval,
            ...onFailure,
          },
        },
        now(),
        tx,
      );
      return operation;
    });
    operations.wake(accepted.id);
    const result = await this.#requests.accepted(accepted);
    await this.dependencies.approvals.requested(result);
    return result;
  }

  /** @throws InvalidInputError for what the owner's guardrail forbids */
  async #quoted(
    document: EnvironmentDocument,
    appraisal: Appraisal,
    before?: StoredEnvironment,
  ): Promise<Quote> {
    const { guardrails } = this.dependencies;
    const { quote } = appraisal;
    guardrails.refuseForbidden(document, appraisal, before);
    const need = await guardrails.need(document, appraisal, before);
    return need
      ? {
          ...quote,
          warnings: [guardrails.warning(need, document), ...quote.warnings],
        }
      : quote;
  }

  /** The approval that it waits for; nothing else of its owner is decided until the transaction ends. */
  async #approval(
    tx: Knex.Transaction,
    document: EnvironmentDocument,
    appraisal: Appraisal,
    before?: StoredEnvironment,
  ): Promise<Approval | undefined> {
    const { guardrails, now } = this.dependencies;
    return guardrails.approval(
      await guardrails.need(document, appraisal, before, tx),
      now(),
    );
  }

  async #admitted(
    document: EnvironmentDocument,
    caller: Caller,
  ): Promise<HetznerAccount> {
    const connection = await this.dependencies.registry.find(
      document.spec.connections.hetzner,
    );
    admit(document, caller, connection);
    admitObjectStorage(document, caller, await this.#objectStorage(document));
    return connection;
  }

  /** The connection in which a document keeps its bucket, if it has one. */
  async #objectStorage({
    spec,
  }: EnvironmentDocument): Promise<ProviderConnection | undefined> {
    const { objectStorage } = spec.connections;
    return objectStorage === undefined || !spec.data?.objectStorage
      ? undefined
      : this.dependencies.registry.find(objectStorage);
  }

  /** @throws ConflictError when a connection was deleted since it was looked at */
  async #hold(
    connections: readonly (ProviderConnection | undefined)[],
    tx: Knex.Transaction,
  ): Promise<void> {
    for (const connection of connections) {
      if (
        connection?.origin === 'api' &&
        !(await this.dependencies.connections.hold(connection.name, tx))
      ) {
        throw new ConflictError(
          `The connection ${connection.name} was deleted meanwhile.`,
        );
      }
    }
  }

  async #appraiseChange(
    environment: StoredEnvironment,
    document: EnvironmentDocument,
    connection: HetznerAccount,
    options: { forOrder?: boolean } = {},
  ): Promise<Appraisal> {
    const { observer, operations, appraiser } = this.dependencies;
    const current = await operations.current([environment.id]);
    const operation = current.get(environment.id);
    const standing = {
      look: async (wanted: readonly ResourceNode[]) =>
        (await observer.look(environment, operation, wanted)).resources,
      choices: environment.choices as ServerTypeChoices,
    };
    return appraiser.appraise(document, connection, standing, options);
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
    monthly: standingTotals(appraisal.quote),
    by: caller.ref,
  };
}
