// @ts-check

/**
 * Counts the changes of a connection, so that who changes it from what
 * somebody else has changed meanwhile is told.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('connections', table => {
    table
      .integer('version')
      .notNullable()
      .defaultTo(1)
      .comment('Grows with each change of what was entered');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('connections', table => {
    table.dropColumn('version');
  });
};
