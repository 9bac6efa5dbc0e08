import {
  inEnglish,
  usualSeconds,
  type Connection as WireConnection,
  type DriftCount as WireDriftCount,
  type Environment as WireEnvironment,
  type Operation as WireOperation,
  type OperationEvent as WireEvent,
  type OperationStep as WireStep,
  type ResourceKind,
  type Revision as WireRevision,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { DriftCount } from '../sweeps/DriftStore';
import type { ShownConnection } from '../connections/Connections';
import type {
  StoredEnvironment,
  StoredRevision,
} from '../environments/EnvironmentStore';
import {
  environmentPhrases,
  operationPhrases,
} from '../environments/sentences';
import { consoleAddress } from '../environments/EnvironmentResources';
import {
  purposeOf,
  type Operation,
  type Step,
  type StoredEvent,
} from '../operations/operation';

/** An environment as the API shows it. */
export function wireEnvironment(
  environment: StoredEnvironment,
  operation: Operation | undefined,
  drift?: DriftCount,
): WireEnvironment {
  const { expiresAt } = (environment.document.metadata ?? {}) as {
    expiresAt?: string | null;
  };
  const phrases = environmentPhrases(environment, operation);
  return {
    id: environment.id,
    name: environment.name,
    owner: environment.owner,
    state: environment.state,
    sentence: inEnglish(phrases),
    // A list of a thousand that stand is shorter without.
    ...(environment.state !== 'ready' &&
      environment.state !== 'removed' && { phrases }),
    revision: environment.revision,
    connection: environment.connection,
    location: environment.location,
    document: environment.document,
    monthly: environment.monthly,
    ...(operation && {
      operation: {
        id: operation.id,
        goal: operation.goal,
        state: operation.state,
      },
    }),
    servers: serverCount(environment),
    createdAt: environment.createdAt.toISOString(),
    createdBy: environment.createdBy,
    ...(environment.removedAt && {
      removedAt: environment.removedAt.toISOString(),
    }),
    ...(expiresAt && { expiresAt }),
    ...(drift && { drift: wireDriftCount(drift) }),
  };
}

/** How much differs, as the API shows it. */
export function wireDriftCount({ open, lookedAt }: DriftCount): WireDriftCount {
  return {
    open,
    ...(lookedAt !== undefined && {
      lookedAt: new Date(lookedAt).toISOString(),
    }),
  };
}

/** A revision as the API shows it. */
export function wireRevision({
  revision,
  previousRevision,
  owner,
  document,
  monthly,
  createdAt,
  createdBy,
}: StoredRevision): WireRevision {
  return {
    revision,
    ...(previousRevision !== undefined && { previous: previousRevision }),
    owner,
    document,
    monthly,
    createdAt: createdAt.toISOString(),
    createdBy,
  };
}

/** The document may have been written for another version of the portal; what it does not say counts as nought. */
function serverCount({
  document,
  observed,
}: StoredEnvironment): NonNullable<WireEnvironment['servers']> {
  const spec = (document.spec ?? {}) as {
    controlPlane?: { count?: number };
    pools?: { min?: number }[];
  };
  return {
    wanted: (spec.pools ?? []).reduce(
      (total, { min = 0 }) => total + min,
      spec.controlPlane?.count ?? 0,
    ),
    ...(observed && {
      running: observed.serversOn,
      observedAt: observed.at.toISOString(),
    }),
  };
}

/** An operation as the API shows it. */
export function wireOperation(
  operation: Operation,
  environment: StoredEnvironment,
  steps: readonly Step[],
  consoleProjectId?: string,
): WireOperation {
  const shown = steps.map(step => wireStep(step, consoleProjectId));
  return {
    ...withoutSteps(operation, environment),
    ...(shown.length > 0 && { expectedSeconds: usualSeconds(shown) }),
    steps: shown,
  };
}

/** An entry of an operation's history as its stream carries it. */
export function wireEvent(
  event: StoredEvent,
  environment: StoredEnvironment,
): WireEvent {
  return {
    seq: event.seq,
    type: event.type,
    at: event.at.toISOString(),
    ...(event.message !== undefined && { message: event.message }),
    ...(event.phrase && { phrase: event.phrase }),
    ...(event.operation && {
      operation: withoutSteps(event.operation, environment),
    }),
    ...(event.stepId !== undefined && { stepId: event.stepId }),
    ...(event.step && { step: wireStep(event.step) }),
  };
}

/** A connection as the API shows it. */
export function wireConnection(connection: ShownConnection): WireConnection {
  const { checkedAt, ...rest } = connection;
  return {
    ...(rest as Omit<WireConnection, 'checkedAt'>),
    ...(checkedAt && { checkedAt: checkedAt.toISOString() }),
  };
}

function withoutSteps(
  operation: Operation,
  environment: StoredEnvironment,
): Omit<WireOperation, 'steps'> {
  const phrases = operationPhrases(operation, environment);
  return {
    id: operation.id,
    environment: environment.name,
    environmentId: operation.environmentId,
    goal: operation.goal,
    purpose: purposeOf(operation),
    revision: operation.revision,
    ...(operation.previousRevision !== undefined && {
      previousRevision: operation.previousRevision,
    }),
    ...(operation.options.retryOf !== undefined && {
      retryOf: operation.options.retryOf,
    }),
    state: operation.state,
    sentence: inEnglish(phrases),
    phrases,
    initiator: operation.initiator,
    ...(operation.requestId !== undefined && {
      requestId: operation.requestId,
    }),
    createdAt: operation.createdAt.toISOString(),
    ...(operation.startedAt && {
      startedAt: operation.startedAt.toISOString(),
    }),
    ...(operation.finishedAt && {
      finishedAt: operation.finishedAt.toISOString(),
    }),
    ...(operation.options.approval && {
      approval: operation.options.approval,
    }),
    ...(operation.error && { error: operation.error }),
  };
}

/** A step as the API shows it, with its page in the provider's console where that is known. */
export function wireStep(
  { startedAt, finishedAt, ...step }: Step,
  consoleProjectId?: string,
): WireStep {
  const consoleUrl =
    // What was removed has no page any more.
    step.providerId === undefined || step.change === 'remove'
      ? undefined
      : consoleAddress(
          step.kind as ResourceKind,
          step.providerId,
          consoleProjectId,
        );
  return {
    ...step,
    ...(consoleUrl && { consoleUrl }),
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
  };
}
