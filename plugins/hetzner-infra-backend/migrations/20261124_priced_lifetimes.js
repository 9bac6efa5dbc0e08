// @ts-check

/**
 * How long what costs has existed, and how many servers of an environment ran
 * when somebody last looked.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('priced_lifetimes', table => {
    table.comment(
      'How long each thing that costs existed at one price, as observed; kept for ever',
    );
    table.bigIncrements('id');
    table
      .string('environment_id', 12)
      .notNullable()
      .references('environments.id');
    table.string('kind', 32).notNullable();
    table.string('key', 100).notNullable();
    table.string('provider_id', 32).notNullable();
    table
      .string('line', 100)
      .notNullable()
      .comment('Key of the price line: a server and its address are two');
    table.text('description').notNullable();
    table.string('hourly', 40).notNullable().comment('Net, a decimal string');
    table
      .string('monthly_cap', 40)
      .notNullable()
      .comment('Net, a decimal string: a month never costs more');
    table.string('currency', 3).notNullable();
    table.text('source').notNullable();
    table.bigInteger('started_at').notNullable();
    table
      .bigInteger('recorded_at')
      .notNullable()
      .comment('Start of the look that saw it first');
    table.bigInteger('ended_at').nullable();
    // Of two replicas that see the same thing at the same time one records it.
    table.unique(['environment_id', 'kind', 'provider_id', 'line'], {
      indexName: 'priced_lifetimes_open_unique',
      useConstraint: false,
      predicate: knex.whereNull('ended_at'),
    });
    table.index(
      ['environment_id', 'started_at'],
      'priced_lifetimes_environment_index',
    );
  });

  await knex.schema.alterTable('environments', table => {
    table
      .bigInteger('observed_at')
      .nullable()
      .comment('When somebody last looked at the provider');
    table.integer('servers_on').nullable().comment('As seen then');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // Knex would copy the table on SQLite and lose its partial index.
  await knex.raw('alter table environments drop column servers_on');
  await knex.raw('alter table environments drop column observed_at');
  await knex.schema.dropTable('priced_lifetimes');
};
