// @ts-check

/**
 * What else tells whose a token is, beside the resources that it sees: that it was
 * taken before there were any, or that somebody answers for it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('taken_tokens', table => {
    table.comment(
      'The last token of each connection that was taken without a proof of its project',
    );
    table.string('connection', 63).notNullable();
    table.string('secret', 20).notNullable().comment('Which of its tokens');
    table
      .string('fingerprint', 64)
      .notNullable()
      .comment('SHA-256 of installation, connection and token');
    table.bigInteger('taken_at').notNullable();
    table.primary(['connection', 'secret']);
  });
  await knex.schema.createTable('project_confirmations', table => {
    table.comment(
      'Connections of which somebody said that their tokens are of the same project',
    );
    table.string('connection', 63).primary();
    table.bigInteger('valid_until').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('project_confirmations');
  await knex.schema.dropTable('taken_tokens');
};
