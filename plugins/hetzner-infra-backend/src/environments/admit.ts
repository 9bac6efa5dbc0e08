import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { EnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type {
  HetznerAccount,
  ProviderConnection,
} from '../connections/connection';
import { InvalidInputError } from '../InvalidInputError';
import type { Caller } from './Caller';
import { NotYoursError } from './refusals';

/** The owner of a document as it is stored and compared: in lower case. */
export function ownerOf(document: EnvironmentDocument): string {
  return stringifyEntityRef(parseEntityRef(document.metadata.owner));
}

/**
 * Whether a caller may ask for what a document says, as far as it is about
 * people: the owner is one of the caller's groups, and the connection is meant
 * for that owner. Who acts for the platform is free of both.
 *
 * @throws NotYoursError
 * @throws InvalidInputError when there is no such connection, or it is no project
 */
export function admit(
  document: EnvironmentDocument,
  caller: Caller,
  connection: ProviderConnection | undefined,
): asserts connection is HetznerAccount {
  const owner = ownerOf(document);
  if (!caller.actsForPlatform && !caller.groups.includes(owner)) {
    const message = `You are no member of ${owner}. Choose one of your groups as the owner.`;
    throw new NotYoursError(message, [{ path: 'metadata.owner', message }]);
  }
  const name = document.spec.connections.hetzner;
  const path = 'spec.connections.hetzner';
  if (!connection) {
    const message = `There is no connection named ${name}.`;
    throw new InvalidInputError(message, [{ path, message }]);
  }
  if (connection.kind !== 'hetzner') {
    const message = `The connection ${name} is no Hetzner project; it is one of the kind ${connection.kind}.`;
    throw new InvalidInputError(message, [{ path, message }]);
  }
  if (!caller.actsForPlatform && !connection.usableBy.includes(owner)) {
    const message = `The connection ${name} is not meant for ${owner}. Ask ${connection.owner}, who looks after it.`;
    throw new NotYoursError(message, [{ path, message }]);
  }
}

/**
 * Whether a caller may use the connection in which a document keeps its bucket,
 * as for the project.
 *
 * @throws NotYoursError
 * @throws InvalidInputError when a bucket has no connection, there is none of that
 *   name, or it is no object storage
 */
export function admitObjectStorage(
  document: EnvironmentDocument,
  caller: Caller,
  connection: ProviderConnection | undefined,
): void {
  const name = document.spec.connections.objectStorage;
  const bucket = document.spec.data?.objectStorage?.bucket;
  const path = 'spec.connections.objectStorage';
  if (bucket === undefined) return;
  const owner = ownerOf(document);
  const problem =
    (name === undefined &&
      `Choose the connection to object storage in which ${bucket} shall be.`) ||
    (!connection && `There is no connection named ${name}.`) ||
    (connection &&
      connection.kind !== 'object-storage' &&
      `The connection ${name} is no object storage; it is one of the kind ${connection.kind}.`);
  if (problem) {
    throw new InvalidInputError(problem, [{ path, message: problem }]);
  }
  if (!caller.actsForPlatform && !connection!.usableBy.includes(owner)) {
    const message = `The connection ${name} is not meant for ${owner}. Ask ${
      connection!.owner
    }, who looks after it.`;
    throw new NotYoursError(message, [{ path, message }]);
  }
}
