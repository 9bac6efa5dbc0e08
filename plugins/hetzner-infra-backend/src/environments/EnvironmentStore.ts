import type {
  EnvironmentState,
  TotalsInner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import type { EnvironmentFilter } from '../database/ownerFilter';

/**
 * A document as JSON, after it was parsed and its defaults were filled in.
 * Whoever needs it typed parses it again with the schema: rows outlive schemas.
 */
export type StoredDocument = Record<string, unknown>;

/** Choices that were made for a document and stay until the field changes, by the field's path. */
export type StoredChoices = Record<string, unknown>;

/** An environment as it is stored. */
export type StoredEnvironment = {
  /** 12 characters of [a-z0-9]; also the label `environment-id` of its resources. */
  id: string;
  /** Unique among those that are not removed. */
  name: string;
  /** Entity reference. */
  owner: string;
  /** Name of its Hetzner connection. */
  connection: string;
  location: string;
  document: StoredDocument;
  choices: StoredChoices;
  /** The revision that is wanted. A cancelled change goes back to an earlier one; no number is used twice. */
  revision: number;
  /** The last revision that was reached; absent until the create succeeded. */
  appliedRevision?: number;
  state: EnvironmentState;
  /** What the wanted revision costs, per currency. */
  monthly: TotalsInner[];
  createdAt: Date;
  createdBy: string;
  removedAt?: Date;
  /** What the last look at the provider showed; absent before the first. */
  observed?: { at: Date; serversOn: number };
};

/** One revision of an environment's document. */
export type StoredRevision = {
  revision: number;
  /** The one that it was made from; absent for the first. Not always the number before: a cancelled one keeps its number. */
  previousRevision?: number;
  owner: string;
  document: StoredDocument;
  choices: StoredChoices;
  monthly: TotalsInner[];
  createdAt: Date;
  createdBy: string;
};

/** What a new environment or a change of one stores. */
export type DesiredState = {
  owner: string;
  document: StoredDocument;
  choices: StoredChoices;
  monthly: TotalsInner[];
  by: string;
};

/** How to list environments. */
export type EnvironmentQuery = {
  owner?: string;
  state?: EnvironmentState;
  /** Part of the name. */
  search?: string;
  sort: 'name' | '-name' | 'createdAt' | '-createdAt';
  limit: number;
  cursor?: string;
  filter?: EnvironmentFilter;
};

/** Environments and their revisions. State changes belong to operations, see OperationStore. */
export interface EnvironmentStore {
  /** By id, removed ones included. */
  find(id: string): Promise<StoredEnvironment | undefined>;
  /** By ids, removed ones included. */
  findAll(ids: readonly string[]): Promise<Map<string, StoredEnvironment>>;
  /** By name, among those that are not removed. */
  findByName(name: string): Promise<StoredEnvironment | undefined>;
  /** By names, among those that are not removed. */
  findByNames(
    names: readonly string[],
  ): Promise<Map<string, StoredEnvironment>>;
  /** Those that are not removed. */
  list(query: EnvironmentQuery): Promise<{
    items: StoredEnvironment[];
    totalItems: number;
    nextCursor?: string;
  }>;
  /**
   * What an owner's environments that are not removed cost, by environment id.
   * Given a transaction, keeps other decisions about this owner out until it
   * ends: two that read the same totals at once would both find room.
   */
  totalsOf(
    owner: string,
    tx?: Knex.Transaction,
  ): Promise<Map<string, TotalsInner[]>>;
  /** For each connection the names of the environments that use it, are not removed and may be seen; all when `visible` is absent. */
  usingConnections(
    connections: readonly string[],
    visible?: EnvironmentFilter,
  ): Promise<Map<string, string[]>>;
  /** One revision: what an operation with the aim `apply` works toward. */
  revision(id: string, revision: number): Promise<StoredRevision | undefined>;
  /**
   * Its revisions, youngest first, at most `limit`.
   *
   * @param page - `cursor` is the `nextCursor` of the page before
   * @throws InputError for a cursor that is none
   */
  revisions(
    id: string,
    page: { limit: number; cursor?: string },
  ): Promise<{ items: StoredRevision[]; nextCursor?: string }>;

  /**
   * Stores a new environment with revision 1, in the caller's transaction.
   *
   * @throws ConflictError when the name is in use
   */
  create(
    environment: DesiredState & {
      name: string;
      connection: string;
      location: string;
      /** Of one that stands already and carries it in its labels; a new one unless given. */
      id?: string;
    },
    now: Date,
    tx: Knex.Transaction,
  ): Promise<StoredEnvironment>;

  /**
   * Stores a new revision, in the caller's transaction.
   *
   * @throws ConflictError when `expectedRevision` is not the current one
   */
  change(
    id: string,
    change: DesiredState & { expectedRevision: number },
    now: Date,
    tx: Knex.Transaction,
  ): Promise<StoredEnvironment>;
}
