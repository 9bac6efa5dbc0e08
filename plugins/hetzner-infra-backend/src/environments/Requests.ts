import { NotFoundError } from '@backstage/errors';
import type { Operation } from '../operations/operation';
import type { OperationStore } from '../operations/OperationStore';
import type { Caller } from './Caller';
import type { EnvironmentStore, StoredEnvironment } from './EnvironmentStore';
import { requestHash } from './requestHash';

/** What a request that was accepted answers. */
export type Accepted = { environment: StoredEnvironment; operation: Operation };

/** What tells a request that is repeated from another one. */
export type Repeatable = {
  initiator: string;
  requestId?: string;
  requestHash?: string;
};

/** Names a request; without a `requestId` it is never the same as another. */
export function repeatable(
  caller: Caller,
  requestId: string | undefined,
  content: Record<string, unknown>,
): Repeatable {
  return {
    initiator: caller.ref,
    requestId,
    requestHash: requestId === undefined ? undefined : requestHash(content),
  };
}

/** Finds what requests became. */
export class Requests {
  constructor(
    private readonly stores: {
      environments: Pick<EnvironmentStore, 'find'>;
      operations: Pick<OperationStore, 'findRequest'>;
    },
  ) {}

  /** What the same request became before. @throws ConflictError when its id was used for another */
  async repeated(request: Repeatable): Promise<Accepted | undefined> {
    const operation = await this.stores.operations.findRequest(request);
    return operation && this.accepted(operation);
  }

  async accepted(operation: Operation): Promise<Accepted> {
    return {
      operation,
      environment: await this.environment(operation.environmentId),
    };
  }

  /** By id, removed ones included. @throws NotFoundError */
  async environment(id: string): Promise<StoredEnvironment> {
    const environment = await this.stores.environments.find(id);
    if (!environment) {
      throw new NotFoundError(`There is no environment with id ${id}`);
    }
    return environment;
  }
}
