import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  AcceptedOperation,
  Catalogue,
  Connection,
  ConnectionCheck,
  ConnectionInput,
  Environment,
  EnvironmentState,
  Operation,
  OperationEvent,
  Quote,
  ResourceList,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** What happens on the way of an operation's events. */
export interface OperationStreamListener {
  /** An event, in the order of `seq`; a reconnect does not repeat those already given. */
  onEvent(event: OperationEvent): void;
  /** The stream stands. */
  onConnect(): void;
  /** The stream broke; it comes back by itself. */
  onDisconnect(): void;
}

/**
 * The backend of hetzner-infra as the pages use it.
 * Every call rejects with an `InfraError` when the backend refuses, fails or does not answer.
 */
export interface HetznerInfraApi {
  /** Every environment that the caller may read, removed ones only when asked for. */
  listEnvironments(filter?: {
    state?: EnvironmentState;
  }): Promise<Environment[]>;
  getEnvironment(name: string): Promise<Environment>;
  /** What exists at the provider for an environment, with its drift. */
  listResources(name: string): Promise<ResourceList>;
  /** Asks to put right what drifted. */
  reconcileEnvironment(name: string): Promise<AcceptedOperation>;
  /** Operations, youngest first, at most `limit`; of one environment by its name or id. */
  listOperations(filter: {
    environment?: string;
    limit?: number;
  }): Promise<Operation[]>;
  getOperation(id: string): Promise<Operation>;
  /**
   * Follows an operation's events from the first one until the backend ends the stream after a
   * terminal state or `signal` aborts. Comes back by itself after a break and resumes where it was.
   * Rejects with an `InfraError` when the backend refuses (4xx).
   */
  followOperation(
    id: string,
    listener: OperationStreamListener,
    signal: AbortSignal,
  ): Promise<void>;
  cancelOperation(id: string): Promise<AcceptedOperation>;
  /** A new operation with the goal of one that failed. */
  retryOperation(id: string): Promise<AcceptedOperation>;
  /** Price, plan, quota and warnings of a document; changes nothing. */
  quote(
    environment: object,
    options?: {
      /** Refuses a name that is in use instead of quoting a change. */
      intent?: 'create';
    },
  ): Promise<Quote>;
  /** What can be ordered through a connection, where and at which price. */
  getCatalogue(connection: string): Promise<Catalogue>;
  listConnections(): Promise<Connection[]>;
  /** Adds or replaces a connection; secrets left out stay as they are. */
  putConnection(name: string, input: ConnectionInput): Promise<Connection>;
  deleteConnection(name: string): Promise<void>;
  /** Asks the provider whether the stored secrets work. */
  checkConnection(name: string): Promise<ConnectionCheck>;
}

export const hetznerInfraApiRef = createApiRef<HetznerInfraApi>().with({
  id: 'plugin.hetzner-infra.client',
  pluginId: 'hetzner-infra',
});
