import type { Knex } from 'knex';
import { connectionPlace } from '../sealing/places';
import type { Sealer } from '../sealing/Sealer';
import type { HetznerSecrets, ProviderConnection } from './connection';

type ConnectionRow = {
  name: string;
  kind: 'hetzner';
  owner: string;
  usable_by: string;
  limits: string | null;
  console_project_id: string | null;
  secrets: string;
  checked_at: number | string | null;
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
  open({ name, sealed }: SealedConnection): HetznerSecrets {
    return JSON.parse(this.sealer.open(sealed, connectionPlace(name)));
  }

  /** Adds or replaces. The secrets were checked at `now`. */
  async put(
    connection: ProviderConnection,
    secrets: HetznerSecrets,
    now: Date,
  ): Promise<void> {
    const row: ConnectionRow = {
      name: connection.name,
      kind: connection.kind,
      owner: connection.owner,
      usable_by: JSON.stringify(connection.usableBy),
      limits: connection.limits ? JSON.stringify(connection.limits) : null,
      console_project_id: connection.consoleProjectId ?? null,
      secrets: this.sealer.seal(
        JSON.stringify(secrets),
        connectionPlace(connection.name),
      ),
      checked_at: now.getTime(),
      created_at: now.getTime(),
      updated_at: now.getTime(),
    };
    const { name, created_at, ...changed } = row;
    await this.#table().insert(row).onConflict('name').merge(changed);
  }

  async checked(name: string, now: Date): Promise<void> {
    await this.#table()
      .where('name', name)
      .update({ checked_at: now.getTime() });
  }

  /**
   * Deletes it unless an environment uses it, decided by the database so that a
   * create that comes at the same moment is not left without it.
   *
   * @returns whether it is gone
   */
  async deleteUnused(name: string): Promise<boolean> {
    const deleted = await this.#table()
      .where('name', name)
      .whereNotExists(
        this.knex('environments')
          .select(this.knex.raw('1'))
          .where('connection', name)
          .whereNull('removed_at'),
      )
      .delete();
    return deleted > 0;
  }

  #table() {
    return this.knex<ConnectionRow>('connections');
  }
}

function toConnection(row: ConnectionRow): SealedConnection {
  return {
    name: row.name,
    kind: row.kind,
    owner: row.owner,
    usableBy: JSON.parse(row.usable_by),
    limits: row.limits === null ? undefined : JSON.parse(row.limits),
    consoleProjectId: row.console_project_id ?? undefined,
    origin: 'api',
    checkedAt:
      row.checked_at === null ? undefined : new Date(Number(row.checked_at)),
    sealed: row.secrets,
  };
}
