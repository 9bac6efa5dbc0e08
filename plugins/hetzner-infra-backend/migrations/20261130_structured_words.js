// @ts-check

/**
 * What stands in the sentences about a step and about a finding of drift, so
 * that a page can say them in another language.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('operation_steps', table => {
    table
      .text('subject')
      .nullable()
      .comment('JSON: name and traits of its resource');
  });
  await knex.schema.alterTable('drift_findings', table => {
    table
      .text('deviations')
      .nullable()
      .comment('JSON: the differences field by field');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // Knex would copy the tables on SQLite and lose their partial indexes.
  await knex.raw('alter table operation_steps drop column subject');
  await knex.raw('alter table drift_findings drop column deviations');
};
