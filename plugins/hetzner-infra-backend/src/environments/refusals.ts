import type { StoredDocument } from './EnvironmentStore';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  compareMoney,
  documentProblem,
  type EnvironmentDocument,
  type FieldError,
  type Phrase,
  type Quote,
  type WarningCode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isCode } from '../clouds/CloudError';
import { hetznerCodes } from '../clouds/hetzner';
import type { ProviderConnection } from '../connections/connection';
import { InvalidInputError } from '../InvalidInputError';
import { coded } from '../coded';

/** A 409 that says what in the document stands against it now, though it is well formed. */
export class BlockedError extends ConflictError {
  constructor(message: string, readonly fields: FieldError[]) {
    super(message);
    this.name = 'ConflictError';
  }
}

/** A 403 that says which field is not the caller's to choose. */
export class NotYoursError extends NotAllowedError {
  constructor(message: string, readonly fields: FieldError[]) {
    super(message);
    this.name = 'NotAllowedError';
  }
}

/** Where a document names the connection of its bucket. */
const OBJECT_STORAGE = 'spec.connections.objectStorage';

const immutable = [
  'metadata.name',
  'spec.connections.hetzner',
  'spec.location',
  'spec.network.ipRange',
  'spec.network.nodes',
];

/** What stands at a dotted path in a document; undefined when nothing does. */
function valueAt(document: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      document,
    );
}

/**
 * The fields that differ though they cannot change while the environment
 * stands. `before` is the JSON as it was stored: it may be older than the
 * schema, and what it does not have cannot differ.
 */
export function immutableChanges(
  before: StoredDocument,
  after: EnvironmentDocument,
): FieldError[] {
  const differing = immutable
    .map(path => ({
      path,
      was: valueAt(before, path),
      wanted: valueAt(after, path),
    }))
    .filter(({ was, wanted }) => was !== undefined && was !== wanted)
    .map(({ path, was, wanted }) =>
      documentProblem(path, 'immutable', {
        was: String(was),
        wanted: String(wanted),
      }),
    );
  return [
    ...differing,
    ...otherBucket(before, after),
    ...fewerControlPlanes(before, after),
  ];
}

/** A bucket can be added; its data does not move, so where it is stays. */
function otherBucket(
  before: StoredDocument,
  after: EnvironmentDocument,
): FieldError[] {
  const bucket = 'spec.data.objectStorage.bucket';
  // A bucket without a connection was not made.
  if (
    valueAt(before, bucket) === undefined ||
    valueAt(before, OBJECT_STORAGE) === undefined
  ) {
    return [];
  }
  return [bucket, OBJECT_STORAGE]
    .map(path => ({
      path,
      was: String(valueAt(before, path)),
      wanted: valueAt(after, path) as string | undefined,
    }))
    .filter(({ was, wanted }) => was !== wanted)
    .map(({ path, was, wanted }) =>
      wanted === undefined
        ? documentProblem(path, 'bucket-stays', { was })
        : documentProblem(path, 'bucket-immutable', { was, wanted }),
    );
}

/** Three servers vote about what the cluster's database holds; one of them alone has no majority. */
function fewerControlPlanes(
  before: StoredDocument,
  after: EnvironmentDocument,
): FieldError[] {
  const path = 'spec.controlPlane.count';
  return valueAt(before, path) === 3 && after.spec.controlPlane.count === 1
    ? [documentProblem(path, 'fewer-control-planes')]
    : [];
}

/** A warning at its field, with what a page says it by. */
function fieldOf({
  path = '',
  message,
  code,
  params,
}: Quote['warnings'][number]): FieldError {
  return { path, message, code, ...(params && { params }) };
}

/** Why a quote stands against going on; empty when nothing does. */
export function blockingProblems(quote: Quote): FieldError[] {
  return quote.warnings.filter(({ blocking }) => blocking).map(fieldOf);
}

/**
 * Whether the price is above what was agreed, as a sentence by what it says. Compares the
 * monthly total of what stands at first, in the provider's currency.
 */
export function priceAbove(
  quote: Quote,
  currency: string,
  maxMonthly: string | undefined,
): (Phrase & { code: 'price-above' }) | undefined {
  const total = quote.totals.find(t => t.currency === currency);
  if (maxMonthly === undefined || !total) {
    return undefined;
  }
  return compareMoney(total.monthly, maxMonthly) > 0
    ? {
        code: 'price-above',
        params: { monthly: total.monthly, currency, agreed: maxMonthly },
        text: `It costs ${total.monthly} ${currency} a month now, more than the ${maxMonthly} that were agreed. Look at the price and ask again.`,
      }
    : undefined;
}

/** What stands against using a connection: its token was refused when it was last checked. */
export function connectionWarnings({
  name,
  problem,
}: Pick<ProviderConnection, 'name' | 'problem'>): Quote['warnings'] {
  return problem === undefined
    ? []
    : [
        {
          code: 'connection-refused' satisfies WarningCode,
          params: { connection: name, problem },
          path: 'spec.connections.hetzner',
          message: `The connection ${name} cannot be used. ${problem} Then check it again under Connections.`,
          blocking: true,
        },
      ];
}

/**
 * For a provider that refuses to tell what a quote is made of: nothing unless
 * the token is known to be why.
 *
 * @throws BlockedError
 */
export function refuseConnection(
  connection: Pick<ProviderConnection, 'name' | 'problem'>,
  error: unknown,
): void {
  const [warning] = connectionWarnings(connection);
  if (warning && isCode(error, hetznerCodes.unauthorized)) {
    throw new BlockedError(warning.message, [fieldOf(warning)]);
  }
}

/** The refusal of a name that another environment has. */
export function nameInUse(name: string): BlockedError {
  return coded(
    new BlockedError(
      `An environment named ${name} exists. Choose another name, or change that environment.`,
      [documentProblem('metadata.name', 'name-in-use', { name })],
    ),
    'environment-exists',
    { environment: name },
  );
}

/** @throws InvalidInputError that names the fields which cannot change */
export function refuseImmutable(
  before: StoredDocument,
  after: EnvironmentDocument,
): void {
  const changes = immutableChanges(before, after);
  if (changes.length > 0) {
    throw new InvalidInputError(
      `${changes.map(({ path }) => path).join(', ')} of ${
        after.metadata.name
      } cannot change.`,
      changes,
    );
  }
}

/** @throws BlockedError when a warning blocks, or the price is above the one that was agreed */
export function refuseBlocked(
  quote: Quote,
  price: { currency: string; maxMonthly?: string },
): void {
  const problems = blockingProblems(quote);
  if (problems.length > 0) {
    throw new BlockedError(
      problems.map(({ message }) => message).join(' '),
      problems,
    );
  }
  const above = priceAbove(quote, price.currency, price.maxMonthly);
  if (above) {
    throw coded(
      new BlockedError(above.text, [
        { path: 'maxMonthly', message: above.text },
      ]),
      above.code,
      above.params,
    );
  }
}
