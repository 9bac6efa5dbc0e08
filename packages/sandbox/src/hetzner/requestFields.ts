import { z } from 'zod';

/** A list that a request may leave out or send as null. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform(value => value ?? []);

/** A flag that a request may leave out or send as null. */
export const flag = (byDefault: boolean) =>
  z
    .boolean()
    .nullish()
    .transform(value => value ?? byDefault);

/** An instant (epoch milliseconds) as the API writes it. */
export const timestamp = (at: number) => new Date(at).toISOString();
