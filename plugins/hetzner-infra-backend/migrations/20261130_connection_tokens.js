// @ts-check

/**
 * Tokens that were found to be of the project of their connection.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('connection_tokens', table => {
    table.comment(
      'Tokens that were seen to be of the project of their connection',
    );
    table
      .string('fingerprint', 64)
      .primary()
      .comment('SHA-256 of installation, connection and token');
    table.string('connection', 63).notNullable();
    table.bigInteger('seen_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('connection_tokens');
};
