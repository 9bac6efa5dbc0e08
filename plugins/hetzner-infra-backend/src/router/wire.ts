import type {
  Connection as WireConnection,
  Environment as WireEnvironment,
  Operation as WireOperation,
  OperationEvent as WireEvent,
  OperationStep as WireStep,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ShownConnection } from '../connections/Connections';
import type { StoredEnvironment } from '../environments/EnvironmentStore';
import {
  environmentSentence,
  operationSentence,
} from '../environments/sentences';
import type { Operation, Step, StoredEvent } from '../operations/operation';

/** An environment as the API shows it. */
export function wireEnvironment(
  environment: StoredEnvironment,
  operation: Operation | undefined,
): WireEnvironment {
  const { expiresAt } = (environment.document.metadata ?? {}) as {
    expiresAt?: string | null;
  };
  return {
    id: environment.id,
    name: environment.name,
    owner: environment.owner,
    state: environment.state,
    sentence: environmentSentence(environment, operation),
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
    createdAt: environment.createdAt.toISOString(),
    createdBy: environment.createdBy,
    ...(environment.removedAt && {
      removedAt: environment.removedAt.toISOString(),
    }),
    ...(expiresAt && { expiresAt }),
  };
}

/** An operation as the API shows it. */
export function wireOperation(
  operation: Operation,
  environment: StoredEnvironment,
  steps: readonly Step[],
): WireOperation {
  return {
    ...withoutSteps(operation, environment),
    steps: steps.map(wireStep),
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
    ...(event.operation && {
      operation: withoutSteps(event.operation, environment),
    }),
    ...(event.step && { step: wireStep(event.step) }),
  };
}

/** A connection as the API shows it. */
export function wireConnection(connection: ShownConnection): WireConnection {
  const { checkedAt, limits, ...rest } = connection;
  return {
    ...rest,
    ...(limits && { limits: limits as Record<string, number> }),
    ...(checkedAt && { checkedAt: checkedAt.toISOString() }),
  };
}

function withoutSteps(
  operation: Operation,
  environment: StoredEnvironment,
): Omit<WireOperation, 'steps'> {
  return {
    id: operation.id,
    environment: environment.name,
    environmentId: operation.environmentId,
    goal: operation.goal,
    revision: operation.revision,
    state: operation.state,
    sentence: operationSentence(operation, environment),
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
    ...(operation.error && { error: operation.error }),
  };
}

function wireStep({ startedAt, finishedAt, ...step }: Step): WireStep {
  return {
    ...step,
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
  };
}
