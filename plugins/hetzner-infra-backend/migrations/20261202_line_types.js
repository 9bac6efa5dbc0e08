// @ts-check

/** Lines of which the description ended with the type when this was written, beside those of pools. */
const TYPED_LINES = ['control-plane', 'load-balancer'];

/**
 * The type that a price line is for, by itself. For what is recorded already it
 * is taken from the description, this once.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('priced_lifetimes', table => {
    table
      .string('type', 63)
      .nullable()
      .comment('Of the server or load balancer; null for an address');
  });
  const lines = await knex('priced_lifetimes')
    .where(q =>
      q.whereIn('line', TYPED_LINES).orWhere('line', 'like', 'pool-%'),
    )
    .distinct('description');
  for (const { description } of lines) {
    const type = /, (\S{1,63})$/.exec(description)?.[1];
    if (type) {
      await knex('priced_lifetimes').where({ description }).update({ type });
    }
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // Knex would copy the table on SQLite and lose its partial index.
  await knex.raw('alter table priced_lifetimes drop column type');
};
