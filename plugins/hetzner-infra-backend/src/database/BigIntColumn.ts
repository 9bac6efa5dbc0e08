/** A bigint column: PostgreSQL's driver gives a string, SQLite's a number. */
export type BigIntColumn = number | string;
