// @ts-check

/**
 * Since when an operation waits for another token, so that somebody is told.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('operations', table => {
    table
      .bigInteger('token_awaited_since')
      .nullable()
      .comment('Since when the provider has refused the token; null when not');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // Knex would copy the table on SQLite and lose its partial indexes.
  await knex.raw('alter table operations drop column token_awaited_since');
};
