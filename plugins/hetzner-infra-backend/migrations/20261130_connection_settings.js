// @ts-check

/**
 * What connections of other kinds than hetzner have besides: for object storage
 * its region, endpoint and the bucket of its check.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('connections', table => {
    table
      .text('settings')
      .nullable()
      .comment('JSON: what connections of this kind have besides');
  });
};

/**
 * The version before knows connections of the kind hetzner only.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('connections').whereNot('kind', 'hetzner').delete();
  await knex.schema.alterTable('connections', table => {
    table.dropColumn('settings');
  });
};
