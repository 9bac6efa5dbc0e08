import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  documentProblem,
  type DocumentProblem,
  type EnvironmentDocument,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
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
    const problem = documentProblem('metadata.owner', 'owner-not-yours', {
      owner,
    });
    throw new NotYoursError(problem.message, [problem]);
  }
  const name = document.spec.connections.hetzner;
  const path = 'spec.connections.hetzner';
  if (!connection) {
    const problem = documentProblem(path, 'connection-unknown', {
      connection: name,
    });
    throw new InvalidInputError(problem.message, [problem]);
  }
  if (connection.kind !== 'hetzner') {
    const problem = documentProblem(path, 'connection-no-project', {
      connection: name,
      kind: connection.kind,
    });
    throw new InvalidInputError(problem.message, [problem]);
  }
  if (!caller.actsForPlatform && !connection.usableBy.includes(owner)) {
    const problem = documentProblem(path, 'connection-not-for-owner', {
      connection: name,
      owner,
      keeper: connection.owner,
    });
    throw new NotYoursError(problem.message, [problem]);
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
  const refuse = (problem: DocumentProblem): never => {
    throw new InvalidInputError(problem.message, [problem]);
  };
  if (name === undefined) {
    refuse(documentProblem(path, 'object-storage-missing', { bucket }));
  } else if (!connection) {
    refuse(documentProblem(path, 'connection-unknown', { connection: name }));
  } else if (connection.kind !== 'object-storage') {
    refuse(
      documentProblem(path, 'connection-no-object-storage', {
        connection: name,
        kind: connection.kind,
      }),
    );
  } else if (!caller.actsForPlatform && !connection.usableBy.includes(owner)) {
    const problem = documentProblem(path, 'connection-not-for-owner', {
      connection: name,
      owner,
      keeper: connection.owner,
    });
    throw new NotYoursError(problem.message, [problem]);
  }
}
