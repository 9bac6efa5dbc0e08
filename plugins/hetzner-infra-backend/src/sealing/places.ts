import type { Place } from './Sealer';

/** The place of a connection's secrets. */
export function connectionPlace(name: string): Place {
  return { table: 'connections', row: name, name: 'secrets' };
}

/** The place of one secret of an environment. */
export function environmentSecretPlace(
  environmentId: string,
  name: string,
): Place {
  return { table: 'environment_secrets', row: environmentId, name };
}
