// @ts-check

/**
 * That the database was restored from a backup and nobody has confirmed it yet.
 * `npm run restore` makes the same table in what it restores, before the portal
 * sees it: see scripts/databases/restorationMark.mjs.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (await knex.schema.hasTable('restorations')) return;
  await knex.schema.createTable('restorations', table => {
    table.comment('One row while a restored database waits to be confirmed');
    table.integer('singleton').primary().comment('Always 1');
    table.bigInteger('restored_at').notNullable();
    table
      .bigInteger('made_at')
      .notNullable()
      .comment('When the backup was made');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('restorations');
};
