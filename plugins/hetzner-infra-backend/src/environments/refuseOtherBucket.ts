import { InvalidInputError } from '../InvalidInputError';
import type { StoredEnvironment } from './EnvironmentStore';

/** The bucket that a stored document names, whichever version it was written for. */
function bucketOf({
  document,
}: Pick<StoredEnvironment, 'document'>): string | undefined {
  const { spec } = document as {
    spec?: { data?: { objectStorage?: { bucket?: string } } };
  };
  return spec?.data?.objectStorage?.bucket;
}

/**
 * The name of a bucket is the confirmation that its data goes: it has to be the
 * environment's, and data has to be deleted at all.
 *
 * @throws InvalidInputError
 */
export function refuseOtherBucket(
  environment: Pick<StoredEnvironment, 'name' | 'document'>,
  data: 'keep' | 'delete',
  bucket: string | undefined,
): void {
  if (bucket === undefined) return;
  const own = bucketOf(environment);
  const message =
    own !== bucket
      ? `The bucket of ${environment.name} is ${
          own ?? 'none'
        }, not ${bucket}. Nothing was removed.`
      : data === 'keep' &&
        `The data in ${bucket} can only be deleted with data=delete. Nothing was removed.`;
  if (message) {
    throw new InvalidInputError(message, [{ path: 'bucket', message }]);
  }
}
