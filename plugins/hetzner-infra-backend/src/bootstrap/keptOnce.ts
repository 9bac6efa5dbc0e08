import type { EnvironmentSecrets } from '../sealing/EnvironmentSecrets';

/** What is made once for one environment. */
export interface MaterialOf {
  environmentId: string;
  /** Name of the environment, as its authorities show it. */
  environment: string;
  store: EnvironmentSecrets;
  now: () => Date;
}

/**
 * What is kept under this name. Made when it is first asked for; of replicas that
 * make it at the same time the first one's is kept, and all return that.
 */
export async function keptOnce(
  { environmentId, store }: Pick<MaterialOf, 'environmentId' | 'store'>,
  name: string,
  make: () => Promise<string> | string,
): Promise<string> {
  return (
    (await store.get(environmentId, name)) ??
    store.putOnce(environmentId, name, await make())
  );
}

/** The same for what is kept as JSON. */
export async function keptOnceAsJson<T>(
  of: Pick<MaterialOf, 'environmentId' | 'store'>,
  name: string,
  make: () => Promise<T>,
): Promise<T> {
  return JSON.parse(
    await keptOnce(of, name, async () => JSON.stringify(await make())),
  );
}
