// @ts-check

/**
 * What the portal finds when it looks by itself: drift as intervals, what
 * clusters made, and what it told owners about the end of their environments.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('drift_findings', table => {
    table.comment(
      'How long each resource differed from what was wanted; kept for ever',
    );
    table.bigIncrements('id');
    table
      .string('environment_id', 12)
      .notNullable()
      .references('environments.id');
    table.string('kind', 32).notNullable();
    table.string('key', 100).notNullable();
    table
      .string('provider_id', 32)
      .notNullable()
      .comment('Empty for what is missing, so that the index below holds');
    table.text('name').notNullable();
    table
      .text('differences')
      .notNullable()
      .comment('JSON: in words, as last seen');
    table.bigInteger('found_at').notNullable();
    table.bigInteger('last_seen_at').notNullable();
    table
      .bigInteger('gone_at')
      .nullable()
      .comment('The first look that did not see it any more');
    table.unique(['environment_id', 'kind', 'key', 'provider_id'], {
      indexName: 'drift_findings_open_unique',
      useConstraint: false,
      predicate: knex.whereNull('gone_at'),
    });
    table.index(
      ['environment_id', 'found_at'],
      'drift_findings_environment_index',
    );
  });

  await knex.schema.createTable('drift_looks', table => {
    table.comment(
      'When each environment was last compared with what is wanted',
    );
    table.string('environment_id', 12).primary().references('environments.id');
    table.bigInteger('looked_at').notNullable();
  });

  await knex.schema.createTable('cluster_resources', table => {
    table.comment(
      'What the clusters of environments made by themselves, seen while its network still told whose it is',
    );
    table.string('kind', 32).notNullable();
    table.string('provider_id', 32).notNullable();
    table
      .string('environment_id', 12)
      .notNullable()
      .references('environments.id');
    table.bigInteger('seen_at').notNullable();
    table.primary(['kind', 'provider_id']);
  });

  await knex.schema.createTable('expiry_notices', table => {
    table.comment('What owners were told about the end of an environment');
    table
      .string('environment_id', 12)
      .notNullable()
      .references('environments.id');
    table
      .bigInteger('expires_at')
      .notNullable()
      .comment('The end that it was about; an extension makes another one');
    table.string('notice', 40).notNullable();
    table.bigInteger('sent_at').notNullable();
    table.primary(['environment_id', 'expires_at', 'notice']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('expiry_notices');
  await knex.schema.dropTable('cluster_resources');
  await knex.schema.dropTable('drift_looks');
  await knex.schema.dropTable('drift_findings');
};
