// @ts-check

/**
 * Which sealing keys each running backend knows, so that none seals what
 * another one cannot open. Ids of keys only, never a key.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('sealing_keyrings', table => {
    table.comment('Ids of the sealing keys that each running backend knows');
    table.string('replica').primary();
    table.text('key_ids').notNullable().comment('JSON, the first one first');
    table.bigInteger('seen_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sealing_keyrings');
};
