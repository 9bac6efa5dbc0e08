import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  AcceptedOperation,
  Catalogue,
  Connection,
  ConnectionCheck,
  ConnectionInput,
  ConnectionUsage,
  DriftList,
  Environment,
  EnvironmentCost,
  EnvironmentState,
  Operation,
  OperationCancellation,
  OperationChanges,
  OperationEvent,
  OperationGoal,
  OperationState,
  OrphanList,
  Quote,
  ResourceList,
  RevisionList,
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

/** Which operations a list holds. */
export interface OperationFilter {
  /** Name of an environment, or its id. */
  environment?: string;
  /** Only what was asked for under this id, such as a task's. */
  requestId?: string;
  state?: OperationState;
  goal?: OperationGoal;
  /** Whether they come with their steps, which long lists do not need; they do unless told. */
  steps?: boolean;
  /** At most so many, 100 unless told. */
  limit?: number;
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
  /** The removed environment of that id, or the last created one that had the name; null when there is none. */
  findRemovedEnvironment(wanted: {
    name: string;
    id?: string;
  }): Promise<Environment | null>;
  /** What exists at the provider for an environment, with its drift. */
  listResources(name: string): Promise<ResourceList>;
  /** What an environment, by name or id, cost in a month (YYYY-MM, UTC; the current one when absent). */
  getCost(nameOrId: string, month?: string): Promise<EnvironmentCost>;
  /** The documents that an environment, by name or id, had; youngest first, a page from its cursor. */
  listRevisions(nameOrId: string, cursor?: string): Promise<RevisionList>;
  /** Asks to change an environment from a revision to what a document says. */
  updateEnvironment(
    name: string,
    change: { environment: object; revision: number },
  ): Promise<AcceptedOperation>;
  /** What differed from what is wanted, still does or did. */
  listDrift(name: string): Promise<DriftList>;
  /** Compares an environment with what is wanted now. */
  findDrift(name: string): Promise<DriftList>;
  /** Lets an environment stand until another time (ISO 8601). */
  extendEnvironment(name: string, until: string): Promise<Environment>;
  /** What environments and their clusters left behind; some minutes old unless it shall be fresh. */
  listOrphans(options?: { fresh?: boolean }): Promise<OrphanList>;
  /** Removes one orphan at the provider; its name confirms it. */
  removeOrphan(id: string, name: string): Promise<void>;
  /** Makes the environment again whose labels an orphan carries. */
  adoptOrphan(
    id: string,
    as: { environment: string; owner: string },
  ): Promise<Environment>;
  /** Asks to put right what drifted. */
  reconcileEnvironment(name: string): Promise<AcceptedOperation>;
  /** Operations, youngest first. */
  listOperations(filter: OperationFilter): Promise<Operation[]>;
  getOperation(id: string): Promise<Operation>;
  /** What an operation changed in the environment's document. */
  getOperationChanges(id: string): Promise<OperationChanges>;
  /** What a cancel would do now; changes nothing. */
  getOperationCancellation(id: string): Promise<OperationCancellation>;
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
  /** Lets one that waits for approval begin, at the price that was seen (net decimal string). */
  approveOperation(id: string, monthly: string): Promise<AcceptedOperation>;
  /** Cancels one that waits for approval, with a reason for who asked. */
  rejectOperation(id: string, reason: string): Promise<AcceptedOperation>;
  /** A new operation with the goal of one that failed. */
  retryOperation(id: string): Promise<AcceptedOperation>;
  /**
   * Price, plan, quota and warnings of a document; changes nothing.
   * Rejects with an `AbortError` when `signal` aborts.
   */
  quote(
    environment: object,
    options?: {
      /** Refuses a name that is in use instead of quoting a change. */
      intent?: 'create';
      signal?: AbortSignal;
    },
  ): Promise<Quote>;
  /** What can be ordered through a connection, where and at which price. */
  getCatalogue(connection: string): Promise<Catalogue>;
  listConnections(): Promise<Connection[]>;
  /** What a connection's project has and may have, and how many requests are left. */
  getConnectionUsage(name: string): Promise<ConnectionUsage>;
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
