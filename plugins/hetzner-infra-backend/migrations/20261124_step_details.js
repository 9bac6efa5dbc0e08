// @ts-check

/**
 * What a step needs, how long it usually takes and what the provider did for
 * it, so that a page can draw an operation from its rows at any later time.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('operation_steps', table => {
    table
      .text('needs')
      .nullable()
      .comment('JSON: ids of the steps that have to be done before it');
    table
      .integer('expected_seconds')
      .nullable()
      .comment('How long such a step usually took when it was planned');
    table
      .string('provider_id', 32)
      .nullable()
      .comment('Id of its resource at the provider');
    table
      .text('provider_actions')
      .nullable()
      .comment('JSON: what the provider did for it');
    table
      .text('calls')
      .nullable()
      .comment('JSON: its latest calls that changed something or failed');
    // How long steps took lately is asked for with each plan.
    table.index(['finished_at'], 'operation_steps_finished_at_index');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('operation_steps', table => {
    table.dropIndex(['finished_at'], 'operation_steps_finished_at_index');
    table.dropColumn('needs');
    table.dropColumn('expected_seconds');
    table.dropColumn('provider_id');
    table.dropColumn('provider_actions');
    table.dropColumn('calls');
  });
};
