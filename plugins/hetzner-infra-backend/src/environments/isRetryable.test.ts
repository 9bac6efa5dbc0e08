import { isRetryable } from './isRetryable';

const failed = {
  id: 'o1',
  state: 'failed',
  goal: 'apply',
  revision: 2,
} as const;
const standing = { state: 'failed', revision: 2, document: {} } as const;
const locked = { ...standing, document: { metadata: { protected: true } } };

it.each([
  ['what failed last', failed, standing, failed, true],
  [
    'a removal that failed',
    { ...failed, goal: 'remove' },
    standing,
    failed,
    true,
  ],
  [
    'what did not fail',
    { ...failed, state: 'succeeded' },
    standing,
    failed,
    undefined,
  ],
  [
    'what left nothing',
    failed,
    { ...standing, state: 'removed' },
    failed,
    false,
  ],
  ['what another came after', failed, standing, { id: 'o2' }, false],
  [
    'a revision that is not wanted any more',
    { ...failed, revision: 1 },
    standing,
    failed,
    false,
  ],
  [
    'the removal of what is protected',
    { ...failed, goal: 'remove' },
    locked,
    failed,
    false,
  ],
  ['a change of what is protected', failed, locked, failed, true],
] as const)(
  'can try again %s',
  (_, operation, environment, current, expected) => {
    expect(isRetryable(operation, environment, current)).toBe(expected);
  },
);
