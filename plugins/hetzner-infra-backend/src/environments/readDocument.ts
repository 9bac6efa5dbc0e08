import {
  parseEnvironmentDocument,
  type EnvironmentDocument,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { InvalidInputError } from '../InvalidInputError';
import type { StoredEnvironment } from './EnvironmentStore';

/** Reads a document that somebody sent. @throws InvalidInputError with every problem */
export function readDocument(input: unknown): EnvironmentDocument {
  const parsed = parseEnvironmentDocument(input);
  if ('environment' in parsed) {
    return parsed.environment;
  }
  const { problems } = parsed;
  throw new InvalidInputError(
    problems.length === 1
      ? `The environment document has a problem. ${problems[0].path}: ${problems[0].message}`
      : `The environment document has ${problems.length} problems.`,
    problems,
  );
}

/** Whether it may not be removed. Reads the JSON: an environment is removed however old its document is. */
export function isProtected({
  document,
}: Pick<StoredEnvironment, 'document'>): boolean {
  const { metadata } = document as { metadata?: { protected?: unknown } };
  return metadata?.protected === true;
}
