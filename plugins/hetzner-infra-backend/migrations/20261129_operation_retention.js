// @ts-check

/**
 * Which operations have had the details of their history removed, so that the
 * clean-up looks at each of them once.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('operations', table => {
    table
      .bigInteger('details_removed_at')
      .nullable()
      .comment('When all of its history but the end was removed');
    table.index(['finished_at'], 'operations_with_details_index', {
      predicate: knex.whereNull('details_removed_at'),
    });
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('operations', table => {
    table.dropIndex(['finished_at'], 'operations_with_details_index');
  });
  // Knex would copy the table on SQLite and lose its partial indexes.
  await knex.raw('alter table operations drop column details_removed_at');
};
