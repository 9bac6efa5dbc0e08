import type { AcceptedOperation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Accepted } from '../environments/Environments';
import type { OperationStore } from '../operations/OperationStore';
import { wireEnvironment, wireOperation } from './wire';

/** The answer to a request that became an operation. */
export async function accepted(
  { operations }: { operations: Pick<OperationStore, 'steps' | 'current'> },
  { environment, operation }: Accepted,
): Promise<AcceptedOperation> {
  const steps = await operations.steps([operation.id]);
  const current = await operations.current([environment.id]);
  return {
    environment: wireEnvironment(environment, current.get(environment.id)),
    operation: wireOperation(
      operation,
      environment,
      steps.get(operation.id) ?? [],
    ),
  };
}
