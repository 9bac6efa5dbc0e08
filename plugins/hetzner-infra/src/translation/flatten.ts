type Texts = { readonly [key: string]: string | Texts };

/** The dotted keys of nested texts, such as `money.net`. */
type DottedKey<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${DottedKey<T[K]>}`;
}[keyof T & string];

function entriesOf(texts: Texts, prefix: string): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value]]
      : entriesOf(value, `${prefix}${key}.`),
  );
}

/** Nested texts by their dotted keys: the form in which a language is loaded. */
export function flatten<T extends Texts>(
  texts: T,
): Record<DottedKey<T>, string> {
  return Object.fromEntries(entriesOf(texts, '')) as Record<
    DottedKey<T>,
    string
  >;
}
