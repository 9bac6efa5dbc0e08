import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  documentProblem,
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
