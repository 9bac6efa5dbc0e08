/** The plugin whose work a restored database would begin again. */
export const MARKED = 'hetzner-infra';

/** A table of the plugin that every version has had. */
export const MARKED_TABLE = 'installation';

/**
 * Statements that mark a database as restored. While the mark is there, the portal
 * neither applies nor removes anything. Older backups do not have the table; its
 * migration (20261203_restorations.js) leaves it as it is here.
 *
 * @param {{ restoredAt: number, madeAt: number }} times epoch milliseconds
 * @returns {string[]}
 */
export const restorationMark = ({ restoredAt, madeAt }) => [
  'create table if not exists restorations (singleton integer not null, restored_at bigint not null, made_at bigint not null, constraint restorations_pkey primary key (singleton))',
  'delete from restorations',
  `insert into restorations (singleton, restored_at, made_at) values (1, ${Number(
    restoredAt,
  )}, ${Number(madeAt)})`,
];
