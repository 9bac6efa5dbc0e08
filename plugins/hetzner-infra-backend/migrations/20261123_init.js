// @ts-check

/**
 * The tables of hetzner-infra.
 *
 * Times are epoch milliseconds (bigint): leases need milliseconds, SQLite's
 * now() has seconds, and integers compare alike on both engines. JSON is text,
 * because it is read and written whole and never searched.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('installation', table => {
    table.comment('One row: who this portal is to the providers');
    table
      .integer('singleton')
      .primary()
      .comment('Always 1, so that there can be one row only');
    table
      .string('installation_id', 12)
      .notNullable()
      .comment('Random, made once; a label of every resource at the provider');
    table.bigInteger('created_at').notNullable();
  });

  await knex.schema.createTable('connections', table => {
    table.comment(
      'Accounts at providers that were added over the API; those of the configuration are not stored',
    );
    table.string('name', 63).primary();
    table.string('kind', 32).notNullable();
    table.string('owner').notNullable().comment('Entity reference');
    table
      .text('usable_by')
      .notNullable()
      .comment('JSON: entity references of the owners of environments');
    table.text('limits').nullable().comment('JSON: quota name to number');
    table.string('console_project_id').nullable();
    table.text('secrets').notNullable().comment('Sealed JSON: name to secret');
    table.bigInteger('checked_at').nullable();
    table
      .text('problem')
      .nullable()
      .comment('Why the provider refused a token at the last check');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
  });

  await knex.schema.createTable('environments', table => {
    table.comment('What is wanted; one row per environment, kept for ever');
    table
      .string('id', 12)
      .primary()
      .comment('Random; the label environment-id of its resources');
    table.string('name', 30).notNullable();
    table.string('owner').notNullable().comment('Entity reference');
    table.string('connection', 63).notNullable();
    table.string('location', 63).notNullable();
    table.text('document').notNullable().comment('JSON: the wanted revision');
    table.text('choices').notNullable().comment('JSON: of the wanted revision');
    table
      .integer('revision')
      .notNullable()
      .comment('The wanted one; goes back when a change is cancelled');
    table
      .integer('applied_revision')
      .nullable()
      .comment('The last one that was reached');
    table.string('state', 16).notNullable();
    table.text('monthly').notNullable().comment('JSON: totals per currency');
    table.bigInteger('created_at').notNullable();
    table.string('created_by').notNullable();
    table.bigInteger('removed_at').nullable();
    // A name is free again once its environment is gone; the history stays.
    table.unique(['name'], {
      indexName: 'environments_name_in_use_unique',
      useConstraint: false,
      predicate: knex.whereNull('removed_at'),
    });
    table.index(['connection'], 'environments_connection_index');
  });

  await knex.schema.createTable('environment_revisions', table => {
    table.comment('Every document an environment had; rows never change');
    table
      .string('environment_id', 12)
      .notNullable()
      .references('environments.id');
    table.integer('revision').notNullable().comment('Never used twice');
    table.string('owner').notNullable();
    table.text('document').notNullable();
    table.text('choices').notNullable();
    table.text('monthly').notNullable();
    table.bigInteger('created_at').notNullable();
    table.string('created_by').notNullable();
    table.primary(['environment_id', 'revision']);
  });

  await knex.schema.createTable('environment_secrets', table => {
    table.comment('Keys and certificates of an environment, until its removal');
    table
      .string('environment_id', 12)
      .notNullable()
      .references('environments.id');
    table.string('name').notNullable();
    table.text('value').notNullable().comment('Sealed');
    table.primary(['environment_id', 'name']);
  });

  await knex.schema.createTable('operations', table => {
    table.comment('The queue: one row per goal for an environment');
    table.string('id', 36).primary();
    table
      .string('environment_id', 12)
      .notNullable()
      .references('environments.id');
    table.string('goal', 8).notNullable().comment('What was asked');
    table.integer('revision').notNullable();
    table
      .integer('previous_revision')
      .nullable()
      .comment('What was wanted before; null for a create');
    table
      .string('aim', 8)
      .notNullable()
      .comment('What the loop works toward: apply, remove or stop');
    table.integer('aim_revision').nullable();
    table.string('state', 20).notNullable();
    table.string('initiator').notNullable().comment('Entity reference');
    table.string('request_id', 200).nullable();
    table.string('request_hash', 64).nullable();
    table.text('options').notNullable();
    table.text('error').nullable();
    table.string('lease', 36).nullable();
    table.bigInteger('lease_until').nullable();
    table.string('worker').nullable().comment('Who holds or held the lease');
    table.bigInteger('taken_over_at').nullable();
    table.bigInteger('next_attempt_at').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at').nullable();
    table.bigInteger('finished_at').nullable();
    // At most one unfinished operation of each goal: a removal may wait behind
    // the apply that it stops, nothing else may.
    table.unique(['environment_id', 'goal'], {
      indexName: 'operations_unfinished_unique',
      useConstraint: false,
      predicate: knex.whereNull('finished_at'),
    });
    table.unique(['initiator', 'request_id'], {
      indexName: 'operations_request_unique',
      useConstraint: false,
      predicate: knex.whereNotNull('request_id'),
    });
    table.index(
      ['environment_id', 'created_at'],
      'operations_environment_index',
    );
    table.index(['created_at', 'id'], 'operations_created_at_index');
    table.index(['request_id'], 'operations_request_id_index', {
      predicate: knex.whereNotNull('request_id'),
    });
    // The claim looks at the few unfinished rows only, however long the history.
    table.index(['next_attempt_at'], 'operations_due_index', {
      predicate: knex.whereNull('finished_at'),
    });
  });

  await knex.schema.createTable('operation_steps', table => {
    table.comment('The steps of a plan, as far as they got');
    table.string('id', 36).primary();
    table
      .string('operation_id', 36)
      .notNullable()
      .references('operations.id')
      .onDelete('CASCADE');
    table.string('key', 100).notNullable();
    table.string('kind', 32).notNullable();
    table.string('change', 16).notNullable();
    table.text('title').notNullable();
    table.string('state', 16).notNullable();
    table.integer('progress').nullable().comment('Percent');
    table.integer('attempts').notNullable().defaultTo(0);
    table.integer('position').notNullable();
    table.text('error').nullable();
    table.bigInteger('started_at').nullable();
    table.bigInteger('finished_at').nullable();
    table.unique(['operation_id', 'key', 'change']);
  });

  await knex.schema.createTable('operation_events', table => {
    table.comment('The history of operations; rows are only added');
    table.bigIncrements('seq');
    table
      .string('operation_id', 36)
      .notNullable()
      .references('operations.id')
      .onDelete('CASCADE');
    table.string('type', 16).notNullable();
    table.bigInteger('at').notNullable();
    table.text('payload').notNullable();
    table.index(['operation_id', 'seq'], 'operation_events_operation_index');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('operation_events');
  await knex.schema.dropTable('operation_steps');
  await knex.schema.dropTable('operations');
  await knex.schema.dropTable('environment_secrets');
  await knex.schema.dropTable('environment_revisions');
  await knex.schema.dropTable('environments');
  await knex.schema.dropTable('connections');
  await knex.schema.dropTable('installation');
};
