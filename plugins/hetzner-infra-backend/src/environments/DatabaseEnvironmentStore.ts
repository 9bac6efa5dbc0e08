import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import type { TotalsInner } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import { keepsBucketsIn, orKeepsBucketsIn } from '../database/bucketUse';
import { lockOwner } from '../database/lockOwner';
import {
  applyOwnerFilter,
  type EnvironmentFilter,
} from '../database/ownerFilter';
import type {
  DesiredState,
  EnvironmentQuery,
  EnvironmentStore,
  StoredEnvironment,
} from './EnvironmentStore';
import { randomId } from './randomId';
import {
  toEnvironment,
  toRevision,
  type EnvironmentRow,
  type RevisionRow,
} from './rows';

const sortColumns = {
  name: ['name', 'asc'],
  '-name': ['name', 'desc'],
  createdAt: ['created_at', 'asc'],
  '-createdAt': ['created_at', 'desc'],
} as const;

/** Environments in the plugin's database. */
export class DatabaseEnvironmentStore implements EnvironmentStore {
  constructor(private readonly knex: Knex) {}

  async find(id: string) {
    return (await this.findAll([id])).get(id);
  }

  async findAll(ids: readonly string[]) {
    const rows = await this.knex<EnvironmentRow>('environments').whereIn(
      'id',
      ids as string[],
    );
    return new Map(rows.map(row => [row.id, toEnvironment(row)]));
  }

  async findByName(name: string) {
    return (await this.findByNames([name])).get(name);
  }

  async findByNames(names: readonly string[]) {
    const rows = await this.knex<EnvironmentRow>('environments')
      .whereIn('name', names as string[])
      .whereNull('removed_at');
    return new Map(rows.map(row => [row.name, toEnvironment(row)]));
  }

  async list(query: EnvironmentQuery) {
    const matching = this.knex<EnvironmentRow>('environments').modify(q =>
      this.#narrow(q, query),
    );
    const [{ count }] = await matching.clone().count({ count: '*' });

    const [column, direction] = sortColumns[query.sort];
    const page = matching
      .clone()
      .orderBy([
        { column, order: direction },
        { column: 'id', order: direction },
      ])
      .limit(query.limit + 1);
    if (query.cursor !== undefined) {
      const last = await this.knex<EnvironmentRow>('environments')
        .where('id', query.cursor)
        .first('id', column);
      if (!last) {
        throw new InputError('The cursor is unknown. Start at the first page.');
      }
      const beyond = direction === 'asc' ? '>' : '<';
      page.where(next =>
        next
          .where(column, beyond, last[column])
          .orWhere(same =>
            same.where(column, last[column]).where('id', beyond, last.id),
          ),
      );
    }
    const rows: EnvironmentRow[] = await page;
    const items = rows.slice(0, query.limit).map(toEnvironment);
    return {
      items,
      totalItems: Number(count),
      nextCursor: rows.length > query.limit ? items.at(-1)?.id : undefined,
    };
  }

  async totalsOf(owner: string, tx?: Knex.Transaction) {
    if (tx) await lockOwner(tx, owner);
    const rows = await (tx ?? this.knex)<EnvironmentRow>('environments')
      .where('owner', owner)
      .whereNull('removed_at')
      .select('id', 'monthly');
    return new Map<string, TotalsInner[]>(
      rows.map(({ id, monthly }) => [id, JSON.parse(monthly)]),
    );
  }

  async usingConnections(
    connections: readonly string[],
    visible?: EnvironmentFilter,
  ) {
    const rows: Pick<EnvironmentRow, 'connection' | 'name' | 'document'>[] =
      await this.knex<EnvironmentRow>('environments')
        .whereNull('removed_at')
        .where(query => {
          query.whereIn('connection', connections as string[]);
          connections.forEach(name => orKeepsBucketsIn(query, name));
        })
        .modify(query => {
          if (visible) applyOwnerFilter(query, visible);
        })
        .orderBy('name')
        .select('connection', 'name', 'document');
    return new Map(
      connections.map(connection => [
        connection,
        rows
          .filter(
            row =>
              row.connection === connection || keepsBucketsIn(row, connection),
          )
          .map(({ name }) => name),
      ]),
    );
  }

  async revision(id: string, revision: number) {
    const row = await this.knex<RevisionRow>('environment_revisions')
      .where({ environment_id: id, revision })
      .first();
    return row && toRevision(row);
  }

  async revisions(
    id: string,
    { limit, cursor }: { limit: number; cursor?: string },
  ) {
    // Revisions are never changed and only added above, so the number of the last one is place enough.
    if (cursor !== undefined && !/^[1-9]\d{0,8}$/.test(cursor)) {
      throw new InputError('The cursor is unknown. Start at the first page.');
    }
    const rows: RevisionRow[] = await this.knex<RevisionRow>(
      'environment_revisions',
    )
      .where('environment_id', id)
      .modify(query => {
        if (cursor !== undefined) query.where('revision', '<', Number(cursor));
      })
      .orderBy('revision', 'desc')
      .limit(limit + 1);
    const items = rows.slice(0, limit).map(toRevision);
    return {
      items,
      ...(rows.length > limit && {
        nextCursor: String(items[items.length - 1].revision),
      }),
    };
  }

  async create(
    environment: DesiredState & {
      name: string;
      connection: string;
      location: string;
      id?: string;
    },
    now: Date,
    tx: Knex.Transaction,
  ): Promise<StoredEnvironment> {
    const id = environment.id ?? randomId();
    const row: EnvironmentRow = {
      id,
      name: environment.name,
      connection: environment.connection,
      location: environment.location,
      ...desiredColumns(environment),
      revision: 1,
      applied_revision: null,
      state: 'creating',
      created_at: now.getTime(),
      created_by: environment.by,
      removed_at: null,
      observed_at: null,
      servers_on: null,
    };
    try {
      await tx<EnvironmentRow>('environments').insert(row);
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw new ConflictError(
          `An environment named ${environment.name} exists. Choose another name, or change that environment.`,
        );
      }
      throw error;
    }
    await this.#addRevision(tx, id, { revision: 1 }, environment, now);
    return toEnvironment(row);
  }

  async change(
    id: string,
    change: DesiredState & { expectedRevision: number },
    now: Date,
    tx: Knex.Transaction,
  ): Promise<StoredEnvironment> {
    // The comparison is the lock: of two changes made from the same revision
    // the second finds none.
    const touched = await tx<EnvironmentRow>('environments')
      .where({ id, revision: change.expectedRevision })
      .whereNull('removed_at')
      .update({ revision: change.expectedRevision });
    if (touched === 0) {
      throw new ConflictError(
        `The environment has changed since revision ${change.expectedRevision}. Load it again and repeat the change.`,
      );
    }
    const highest = await tx<RevisionRow>('environment_revisions')
      .where('environment_id', id)
      .max({ revision: 'revision' })
      .first();
    const revision = Number(highest?.revision) + 1;
    const [row] = await tx<EnvironmentRow>('environments')
      .where('id', id)
      .update({ ...desiredColumns(change), revision })
      .returning('*');
    await this.#addRevision(
      tx,
      id,
      { revision, previous: change.expectedRevision },
      change,
      now,
    );
    return toEnvironment(row);
  }

  async #addRevision(
    tx: Knex.Transaction,
    id: string,
    { revision, previous }: { revision: number; previous?: number },
    desired: DesiredState,
    now: Date,
  ) {
    await tx<RevisionRow>('environment_revisions').insert({
      environment_id: id,
      revision,
      previous_revision: previous ?? null,
      ...desiredColumns(desired),
      created_at: now.getTime(),
      created_by: desired.by,
    });
  }

  #narrow(query: Knex.QueryBuilder, wanted: EnvironmentQuery): void {
    if (wanted.state === 'removed') {
      query.whereNotNull('removed_at');
    } else {
      query.whereNull('removed_at');
    }
    if (wanted.state) {
      query.where('state', wanted.state);
    }
    if (wanted.owner) {
      query.where('owner', wanted.owner);
    }
    if (wanted.search) {
      query.whereRaw(`name like ? escape '\\'`, [
        `%${wanted.search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`,
      ]);
    }
    if (wanted.filter) {
      applyOwnerFilter(query, wanted.filter);
    }
  }
}

function desiredColumns(desired: DesiredState) {
  return {
    owner: desired.owner,
    document: JSON.stringify(desired.document),
    choices: JSON.stringify(desired.choices),
    monthly: JSON.stringify(desired.monthly),
  };
}
