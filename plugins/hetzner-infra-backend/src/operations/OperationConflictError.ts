import { ConflictError } from '@backstage/errors';

/** A 409 that names the operation in the way, so that a caller can follow or cancel it. */
export class OperationConflictError extends ConflictError {
  constructor(message: string, readonly operationId: string) {
    super(message);
    this.name = 'ConflictError';
  }
}
