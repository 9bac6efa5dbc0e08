import type { AcceptedOperation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Accepted } from '../environments/Requests';
import type { OperationStore } from '../operations/OperationStore';
import { wireEnvironment, wireOperation } from './wire';

/** The answer to a request that became an operation. */
export async function accepted(
  {
    operations,
  }: { operations: Pick<OperationStore, 'find' | 'steps' | 'current'> },
  { environment, operation: submitted }: Accepted,
): Promise<AcceptedOperation> {
  // A worker may have taken it already: environment and operation tell the same.
  const current = await operations.current([environment.id]);
  const operation = (await operations.find(submitted.id)) ?? submitted;
  const steps = await operations.steps([operation.id]);
  return {
    environment: wireEnvironment(environment, current.get(environment.id)),
    operation: wireOperation(
      operation,
      environment,
      steps.get(operation.id) ?? [],
    ),
  };
}
