/** What a backend may do with its sealing keys beside the others that run. */
export type KeyAgreement = {
  /** Seals new secrets: the first own key that every other backend opens. */
  sealsWith: string;
  /** Whether every backend has the same first key, so that what older ones sealed can go under it. */
  isAgreed: boolean;
};

/**
 * Which key a backend seals with while others may still have another
 * configuration. Where no key is common, its own first one: those who cannot
 * open it say which key they lack. Pure.
 *
 * @param own - ids of the own keys, the first one first
 * @param others - the same of the other backends that run
 */
export function agreedKey(
  own: readonly [string, ...string[]],
  others: readonly (readonly string[])[],
): KeyAgreement {
  const [first] = own;
  return {
    sealsWith:
      own.find(id => others.every(other => other.includes(id))) ?? first,
    isAgreed: others.every(other => other[0] === first),
  };
}
