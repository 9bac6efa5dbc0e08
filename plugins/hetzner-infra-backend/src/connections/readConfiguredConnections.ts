import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readProblems } from '../readProblems';
import type { OpenableConnection } from './connection';
import { configuredConnection } from './connectionSchema';

/** Where Hetzner's API is unless the configuration says otherwise. */
export const OFFICIAL_HETZNER_ENDPOINT = 'https://api.hetzner.cloud/v1';

const SECTION = 'hetznerInfra.connections';

/** The address of Hetzner's API for connections that name none. It never comes over the API. */
export function readHetznerEndpoint(config: Config): string {
  return (
    config.getOptionalString('hetznerInfra.hetzner.endpoint') ??
    OFFICIAL_HETZNER_ENDPOINT
  );
}

/** Hetzner's endpoint for a location (docs.hetzner.com, Object Storage, overview). */
const OFFICIAL_OBJECT_STORAGE_ENDPOINT =
  'https://{location}.your-objectstorage.com';

/**
 * The address of object storage in a region, for connections that name none. The
 * configuration may say another one, with `{location}` in the region's place.
 */
export function readObjectStorageEndpoint(
  config: Config,
): (region: string) => string {
  const pattern =
    config.getOptionalString('hetznerInfra.objectStorage.endpoint') ??
    OFFICIAL_OBJECT_STORAGE_ENDPOINT;
  return region => pattern.replace('{location}', region);
}

/**
 * Reads the connections of the configuration.
 *
 * @throws InputError that says what is wrong where; never a secret
 */
export function readConfiguredConnections(
  config: Config,
): OpenableConnection[] {
  const endpoint = readHetznerEndpoint(config);
  const entries = config.getOptionalConfigArray(SECTION) ?? [];
  const connections = entries.map((entry, index): OpenableConnection => {
    const result = configuredConnection.safeParse(entry.get());
    if (!result.success) {
      const problems = readProblems(result.error, `${SECTION}[${index}]`);
      throw new InputError(
        problems.map(({ path, message }) => `${path}: ${message}`).join(' '),
      );
    }
    const origin = 'configuration';
    if (result.data.kind === 'object-storage') {
      const { accessKey, secretKey, ...rest } = result.data;
      return { ...rest, origin, secrets: { accessKey, secretKey } };
    }
    const { token, clusterToken, ...rest } = result.data;
    return { endpoint, ...rest, origin, secrets: { token, clusterToken } };
  });
  const names = connections.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) {
    throw new InputError(`${SECTION} has two connections named ${twice}.`);
  }
  return connections;
}
