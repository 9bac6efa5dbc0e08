import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { coded } from '../coded';
import { orKeepsBucketsIn, retainedAt } from '../database/bucketUse';
import { isPostgres } from '../database/isPostgres';
import { connectionPlace } from '../sealing/places';
import type { Sealer } from '../sealing/Sealer';
import {
  SECRETS_OF_KIND,
  type ConnectionKind,
  type ProviderConnection,
  type SomeSecrets,
} from './connection';
import { CONNECTION_TABLES } from './ProjectGuard';

type ConnectionRow = {
  name: string;
  kind: ConnectionKind;
  owner: string;
  usable_by: string;
  limits: string | null;
  console_project_id: string | null;
  settings: string | null;
  secrets: string;
  checked_at: number | string | null;
  problem: string | null;
  version: number;
  created_at: number | string;
  updated_at: number | string;
};

/** A connection that was added over the API, its secrets still sealed. */
export type SealedConnection = ProviderConnection & { sealed: string };

/** Connections that were added over the API. */
export class ConnectionStore {
  constructor(private readonly knex: Knex, private readonly sealer: Sealer) {}

  async find(name: string): Promise<SealedConnection | undefined> {
    const row = await this.#table().where('name', name).first();
    return row && toConnection(row);
  }

  async list(): Promise<SealedConnection[]> {
    return (await this.#table().orderBy('name')).map(toConnection);
  }

  /** @throws SealingError */
  open({ name, sealed }: SealedConnection): SomeSecrets {
    return JSON.parse(this.sealer.open(sealed, connectionPlace(name)));
  }

  /**
   * Adds or replaces. Secrets that are not given stay as they are stored at that
   * moment: who changes other fields takes no new token back, and what the
   * provider said of the tokens stays. A given secret that is not the stored one
   * was checked at `now`.
   *
   * @param expectedVersion - which one the change was made from: 0 for a new
   *   one; whichever there is when absent
   * @throws ConflictError when it is not stored (any more) and not all secrets are
   *   given, is stored as another kind, or has another version
   * @throws SealingError
   */
  async put(
    connection: ProviderConnection,
    secrets: SomeSecrets,
    now: Date,
    expectedVersion?: number,
  ): Promise<void> {
    const { name } = connection;
    await this.knex.transaction(async tx => {
      const table = () => tx<ConnectionRow>('connections');
      // Locks the row. Of two that add the same one, the second waits for the
      // first here and finds a row to merge into.
      const lock = () => table().where('name', name).update({ name }, '*');
      let [before] = await lock();
      if (!before && isComplete(connection.kind, secrets) && !expectedVersion) {
        const added = await table()
          .insert(this.#row(connection, secrets, now))
          .onConflict('name')
          .ignore()
          .returning('name');
        if (added.length > 0) {
          return;
        }
        [before] = await lock();
      }
      if (!before) {
        throw deletedMeanwhile(name);
      }
      if (before.kind !== connection.kind) {
        throw coded(
          new ConflictError(
            `The connection ${name} is one of the kind ${before.kind}, and stays so.`,
          ),
          'connection-kind',
          { name, kind: before.kind },
        );
      }
      const current = toConnection(before);
      this.refuseVersion(name, current, expectedVersion);
      const stored = this.open(current);
      const { created_at, checked_at, problem, ...changed } = this.#row(
        connection,
        merged(stored, secrets),
        now,
      );
      await table()
        .where('name', name)
        .update({
          ...changed,
          version: before.version + 1,
          ...(hasNew(secrets, stored) && { checked_at, problem }),
        });
    });
  }

  /** @throws ConflictError unless it has the expected version, if one is expected; 0 is that of none */
  refuseVersion(
    name: string,
    connection: Pick<ProviderConnection, 'version'> | undefined,
    expected: number | undefined,
  ): void {
    if (expected === undefined) return;
    if (!connection && expected > 0) throw deletedMeanwhile(name);
    if ((connection?.version ?? 0) !== expected) {
      throw changedMeanwhile(name, expected);
    }
  }

  /** Keeps what the provider said of the tokens. */
  async checked(
    name: string,
    { checkedAt, problem }: { checkedAt: Date; problem?: string },
  ): Promise<void> {
    await this.#table()
      .where('name', name)
      // One that was begun earlier may end later, and tells less.
      .where(q =>
        q
          .whereNull('checked_at')
          .orWhere('checked_at', '<=', checkedAt.getTime()),
      )
      .update({ checked_at: checkedAt.getTime(), problem: problem ?? null });
  }

  /**
   * Keeps a connection from being deleted until the caller's transaction ends,
   * for one that is about to use it.
   *
   * @returns whether it is there
   */
  async hold(name: string, tx: Knex.Transaction): Promise<boolean> {
    const row = await tx<ConnectionRow>('connections')
      .where('name', name)
      .first('name')
      .modify(query => {
        if (isPostgres(tx)) {
          query.forShare();
        }
      });
    return row !== undefined;
  }

  /**
   * Deletes it unless an environment uses it, or a bucket in it is kept for its
   * data: nobody could see or release that any more. Waits for those who hold it, so
   * that a create that comes at the same moment is not left without it.
   *
   * @returns whether it is gone
   */
  async deleteUnused(name: string): Promise<boolean> {
    return this.knex.transaction(async tx => {
      await tx<ConnectionRow>('connections')
        .where('name', name)
        .update({ name });
      const user = await tx('environments')
        .whereNull('removed_at')
        .where(query => {
          query.where('connection', name);
          orKeepsBucketsIn(query, name);
        })
        .first('id');
      if (user || (await retainedAt(tx, name)).length > 0) {
        return false;
      }
      await tx<ConnectionRow>('connections').where('name', name).delete();
      for (const table of CONNECTION_TABLES) {
        await tx(table).where('connection', name).delete();
      }
      return true;
    });
  }

  /** Buckets in a connection that are kept for their data, by name. */
  async retainedBuckets(name: string): Promise<string[]> {
    return (await retainedAt(this.knex, name)).map(
      bucket => `the bucket ${bucket}, which is kept for its data`,
    );
  }

  #table() {
    return this.knex<ConnectionRow>('connections');
  }

  #row(
    connection: ProviderConnection,
    secrets: SomeSecrets,
    now: Date,
  ): ConnectionRow {
    return {
      name: connection.name,
      kind: connection.kind,
      owner: connection.owner,
      usable_by: JSON.stringify(connection.usableBy),
      limits:
        connection.kind === 'hetzner' && connection.limits
          ? JSON.stringify(connection.limits)
          : null,
      console_project_id: connection.consoleProjectId ?? null,
      settings: settingsOf(connection),
      secrets: this.sealer.seal(
        JSON.stringify(secrets),
        connectionPlace(connection.name),
      ),
      checked_at: now.getTime(),
      problem: null,
      version: 1,
      created_at: now.getTime(),
      updated_at: now.getTime(),
    };
  }
}

const given = (secrets: SomeSecrets): SomeSecrets =>
  Object.fromEntries(
    Object.entries(secrets).filter(([, secret]) => secret !== undefined),
  );

function deletedMeanwhile(name: string): ConflictError {
  return coded(
    new ConflictError(
      `The connection ${name} was deleted meanwhile. Add it again with its secrets.`,
    ),
    'connection-deleted',
    { name },
  );
}

function changedMeanwhile(name: string, expected: number): ConflictError {
  return expected === 0
    ? coded(
        new ConflictError(
          `A connection named ${name} exists by now. Choose another name, or change that connection.`,
        ),
        'connection-exists',
        { name },
      )
    : coded(
        new ConflictError(
          `Somebody changed the connection ${name} meanwhile. Look at it again, then change it.`,
        ),
        'connection-changed',
        { name },
      );
}

function isComplete(kind: ConnectionKind, secrets: SomeSecrets): boolean {
  return SECRETS_OF_KIND[kind].every(
    ({ name, isRequired }) => !isRequired || secrets[name] !== undefined,
  );
}

function merged(before: SomeSecrets, secrets: SomeSecrets): SomeSecrets {
  return { ...before, ...given(secrets) };
}

function hasNew(secrets: SomeSecrets, stored: SomeSecrets): boolean {
  return Object.entries(given(secrets)).some(
    ([name, secret]) => secret !== stored[name as keyof SomeSecrets],
  );
}

/** What connections of a kind have besides, as JSON. */
function settingsOf(connection: ProviderConnection): string | null {
  if (connection.kind === 'hetzner') return null;
  const { region, endpoint, checkBucket } = connection;
  return JSON.stringify({ region, endpoint, checkBucket });
}

function toConnection(row: ConnectionRow): SealedConnection {
  const common = {
    name: row.name,
    owner: row.owner,
    usableBy: JSON.parse(row.usable_by),
    consoleProjectId: row.console_project_id ?? undefined,
    origin: 'api' as const,
    version: row.version,
    checkedAt:
      row.checked_at === null ? undefined : new Date(Number(row.checked_at)),
    ...(row.problem !== null && { problem: row.problem }),
    sealed: row.secrets,
  };
  return row.kind === 'hetzner'
    ? {
        ...common,
        kind: row.kind,
        limits: row.limits === null ? undefined : JSON.parse(row.limits),
      }
    : { ...common, kind: row.kind, ...JSON.parse(row.settings!) };
}
