// @ts-check

/**
 * Which revision was wanted before each one. It is not always the number
 * before: a cancelled change keeps its number and is not what the next one
 * changed.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environment_revisions', table => {
    table
      .integer('previous_revision')
      .nullable()
      .comment('The one that it was made from; null for the first');
  });
  // The operation that first applied it knows; those that repeat it name itself.
  await knex('environment_revisions')
    .where('revision', '>', 1)
    .update({
      previous_revision: knex.raw(
        `coalesce((
          select max(previous_revision) from operations
          where operations.environment_id = environment_revisions.environment_id
            and operations.revision = environment_revisions.revision
            and operations.previous_revision < operations.revision
        ), revision - 1)`,
      ),
    });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environment_revisions', table => {
    table.dropColumn('previous_revision');
  });
};
