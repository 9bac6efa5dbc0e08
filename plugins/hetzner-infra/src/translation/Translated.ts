/** The same texts in another language: every key of the English ones, and none besides. */
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]>;
};
