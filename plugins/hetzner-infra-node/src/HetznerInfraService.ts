import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AcceptedOperation,
  CreateEnvironmentRequest,
  Environment,
  EnvironmentList,
  ListEnvironments,
  Operation,
  Quote,
  RemoveEnvironment,
  ResourceList,
  UpdateEnvironmentRequest,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** On whose behalf a call is made. */
export interface HetznerInfraServiceOptions {
  credentials: BackstageCredentials;
}

/**
 * What other backend plugins can ask of hetzner-infra.
 *
 * Every call goes over HTTP with a token made for that one call, so the
 * permissions of the given credentials decide, wherever the plugin runs.
 *
 * Every call throws:
 * - {@link InvalidEnvironmentError} (an InputError) for a document or a parameter that was refused, with its `fields`;
 * - {@link EnvironmentConflictError} (a ConflictError) for a name in use, a protected environment, or an operation in
 *   the way, with that operation's `operationId`;
 * - NotAllowedError, AuthenticationError, NotFoundError as their names say;
 * - ServiceUnavailableError when the plugin or its provider does not answer; the call can be repeated.
 */
export interface HetznerInfraService {
  /**
   * Price, plan, quota and warnings of a document. Changes nothing. For a name
   * in use it is the quote of the change; with the intent to create it rejects then.
   */
  quote(
    environment: CreateEnvironmentRequest['environment'],
    options: HetznerInfraServiceOptions & { intent?: 'create' },
  ): Promise<Quote>;

  /** Asks for an environment. The same `requestId` with the same body returns the same operation. */
  createEnvironment(
    request: CreateEnvironmentRequest,
    options: HetznerInfraServiceOptions,
  ): Promise<AcceptedOperation>;

  /**
   * Asks for a change: the whole document as it shall be, and the revision that
   * it was made from. The same `requestId` with the same body returns the same operation.
   */
  changeEnvironment(
    request: { name: string } & UpdateEnvironmentRequest,
    options: HetznerInfraServiceOptions,
  ): Promise<AcceptedOperation>;

  /** Asks for the removal of an environment; `data` (default `keep`) says what happens to volumes and buckets. */
  removeEnvironment(
    request: { name: string } & RemoveEnvironment['query'],
    options: HetznerInfraServiceOptions,
  ): Promise<AcceptedOperation>;

  /** One environment by its name. */
  getEnvironment(
    name: string,
    options: HetznerInfraServiceOptions,
  ): Promise<Environment>;

  /** The environments that the caller may read, a page at a time. */
  listEnvironments(
    filter: ListEnvironments['query'],
    options: HetznerInfraServiceOptions,
  ): Promise<EnvironmentList>;

  /** What exists at the provider for an environment. */
  listResources(
    name: string,
    options: HetznerInfraServiceOptions,
  ): Promise<ResourceList>;

  /** An operation with its steps. */
  getOperation(
    id: string,
    options: HetznerInfraServiceOptions,
  ): Promise<Operation>;

  /** Cancels an operation. Answers with the operation that puts things back. */
  cancelOperation(
    id: string,
    options: HetznerInfraServiceOptions,
  ): Promise<AcceptedOperation>;
}
