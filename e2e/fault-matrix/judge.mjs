import { isDeepStrictEqual } from 'node:util';
import { byIdentity } from './foreign.mjs';
import { inventoryOf } from './inventory.mjs';
import { lostSecrets } from './secretsAtTheEnd.mjs';

/** What can be wrong at the end of a run. */
export const FLAWS = ['duplicates', 'orphans', 'wrong', 'lostSecrets'];

const name = ({ kind, name: own }) => `${kind} ${own}`;
const text = value => JSON.stringify(value);

/** The fields in which two states differ. */
function differing(expected, found) {
  return Object.keys({ ...expected, ...found })
    .filter(field => !isDeepStrictEqual(expected[field], found[field]))
    .map(
      field =>
        `${field} is ${text(found[field])}, not ${text(expected[field])}`,
    )
    .join('; ');
}

/**
 * Compares what stands with what shall stand.
 *
 * @param {object[]} expected in the words of inventory.mjs
 * @param {object[]} found in the same
 * @returns {{ flaw: string, words: string }[]}
 */
export function compare(expected, found) {
  const wanted = new Map(expected.map(item => [name(item), item]));
  const standing = new Set(found.map(name));
  const seen = new Set();
  const flaws = [];
  for (const item of found) {
    const role = item.key && `${item.kind} ${item.key}`;
    const twin = role !== undefined && seen.has(role);
    if (role) seen.add(role);
    const target = wanted.get(name(item));
    if (twin) {
      flaws.push({
        flaw: 'duplicates',
        words: `${name(item)} is there twice.`,
      });
    } else if (!target) {
      flaws.push({ flaw: 'orphans', words: `${name(item)} is left behind.` });
    } else if (!isDeepStrictEqual(target.state, item.state)) {
      flaws.push({
        flaw: 'wrong',
        words: `${name(item)}: ${differing(target.state, item.state)}.`,
      });
    }
  }
  const missing = expected
    .filter(item => !standing.has(name(item)))
    .map(item => ({ flaw: 'wrong', words: `${name(item)} is missing.` }));
  return [...flaws, ...missing];
}

/**
 * What became of the things that are not ours.
 *
 * @param {Map<string, object>} before by identity
 * @param {Map<string, object>} after by identity
 */
export function harmed(before, after) {
  return [...before].flatMap(([identity, item]) => {
    const now = after.get(identity);
    if (isDeepStrictEqual(now, item)) return [];
    return [
      {
        flaw: 'wrong',
        words: now
          ? `${identity}, which is not ours, was changed: ${differing(
              item,
              now,
            )}.`
          : `${identity}, which is not ours, is gone.`,
      },
    ];
  });
}

/**
 * Everything that is wrong at the end of a run.
 *
 * @param {object} result of Run.result
 * @param {Map<string, object>} foreign what is not ours, as it was in the beginning
 * @param {{ resources: object[], state: 'ready' | 'removed' }} expected
 * @returns {{ flaw: string, words: string }[]}
 */
export function judge(result, foreign, expected) {
  const { everything, operationIds, environment, secrets } = result;
  const isForeign = (collection, item) =>
    foreign.has(`${collection} ${item.id}`);
  const own = collection =>
    everything[collection].filter(item => !isForeign(collection, item));
  const applied =
    environment.appliedRevision === environment.revision ||
    expected.state === 'removed';
  return [
    ...compare(
      expected.resources,
      inventoryOf(everything, { isForeign, operationIds }),
    ),
    ...harmed(foreign, byIdentity(everything)),
    ...(environment.state === expected.state && applied
      ? []
      : [
          {
            flaw: 'wrong',
            words: `The environment is ${environment.state} at revision ${environment.appliedRevision} of ${environment.revision}, not ${expected.state}.`,
          },
        ]),
    ...lostSecrets(secrets, own('certificates'), own('ssh_keys')).map(
      words => ({ flaw: 'lostSecrets', words }),
    ),
  ];
}
