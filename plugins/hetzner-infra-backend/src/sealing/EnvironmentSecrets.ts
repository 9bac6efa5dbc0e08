/**
 * Secrets that the engine makes for an environment (certificate authority,
 * certificates, keys), sealed. They are deleted when it is removed.
 */
export interface EnvironmentSecrets {
  get(environmentId: string, name: string): Promise<string | undefined>;
  /**
   * Stores a secret unless there is one, and returns the one that is stored: of
   * two replicas that make one at the same time, both go on with the same.
   */
  putOnce(environmentId: string, name: string, value: string): Promise<string>;
}
