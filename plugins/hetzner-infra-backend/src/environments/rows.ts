import type { EnvironmentState } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { BigIntColumn } from '../database/BigIntColumn';
import type { StoredEnvironment, StoredRevision } from './EnvironmentStore';

/** A row of `environments`. */
export type EnvironmentRow = {
  id: string;
  name: string;
  owner: string;
  connection: string;
  location: string;
  document: string;
  choices: string;
  revision: number;
  applied_revision: number | null;
  state: EnvironmentState;
  monthly: string;
  created_at: BigIntColumn;
  created_by: string;
  removed_at: BigIntColumn | null;
  observed_at: BigIntColumn | null;
  servers_on: number | null;
};

/** A row of `environment_revisions`. */
export type RevisionRow = {
  environment_id: string;
  revision: number;
  previous_revision: number | null;
  owner: string;
  document: string;
  choices: string;
  monthly: string;
  created_at: BigIntColumn;
  created_by: string;
};

/** A row as the rest of the plugin knows it. */
export function toEnvironment(row: EnvironmentRow): StoredEnvironment {
  return {
    id: row.id,
    name: row.name,
    owner: row.owner,
    connection: row.connection,
    location: row.location,
    document: JSON.parse(row.document),
    choices: JSON.parse(row.choices),
    revision: row.revision,
    appliedRevision: row.applied_revision ?? undefined,
    state: row.state,
    monthly: JSON.parse(row.monthly),
    createdAt: new Date(Number(row.created_at)),
    createdBy: row.created_by,
    removedAt:
      row.removed_at === null ? undefined : new Date(Number(row.removed_at)),
    ...(row.observed_at !== null &&
      row.servers_on !== null && {
        observed: {
          at: new Date(Number(row.observed_at)),
          serversOn: row.servers_on,
        },
      }),
  };
}

/** A row as the rest of the plugin knows it. */
export function toRevision(row: RevisionRow): StoredRevision {
  return {
    revision: row.revision,
    previousRevision: row.previous_revision ?? undefined,
    owner: row.owner,
    document: JSON.parse(row.document),
    choices: JSON.parse(row.choices),
    monthly: JSON.parse(row.monthly),
    createdAt: new Date(Number(row.created_at)),
    createdBy: row.created_by,
  };
}
