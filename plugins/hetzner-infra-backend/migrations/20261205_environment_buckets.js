// @ts-check

/** Tables that name resources at their provider. A bucket is named by up to 63 characters. */
const NAMING = ['drift_findings', 'operation_steps', 'priced_lifetimes'];

/**
 * @param {import('knex').Knex} knex
 * @param {number} length
 */
async function setLength(knex, length) {
  // SQLite keeps what is longer than its column says.
  if (knex.client.config.client !== 'pg') return;
  for (const table of NAMING) {
    await knex.raw(
      `alter table ?? alter column provider_id type varchar(${length})`,
      [table],
    );
  }
}

/**
 * Buckets that environments made or were about to make: object storage has no
 * list by label, and a bucket cannot be made and marked in one call.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('environment_buckets', table => {
    table.comment('Buckets that environments made or were about to make');
    table
      .string('environment_id', 12)
      .notNullable()
      .references('environments.id');
    table
      .string('connection', 63)
      .notNullable()
      .comment('Of the kind object-storage');
    table.string('bucket', 63).notNullable();
    table.bigInteger('claimed_at').notNullable();
    table
      .bigInteger('made_at')
      .nullable()
      .comment('Since when it is known to have stood with its mark');
    table
      .bigInteger('retained_at')
      .nullable()
      .comment('Since when it is only kept for the data in it');
    table.primary(['environment_id', 'connection', 'bucket']);
    table.index(['connection', 'bucket'], 'environment_buckets_place_index');
  });
  await setLength(knex, 63);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of NAMING) {
    await knex(table).whereRaw('length(provider_id) > 32').delete();
  }
  await setLength(knex, 32);
  await knex.schema.dropTable('environment_buckets');
};
