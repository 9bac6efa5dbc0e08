import type { Operation } from '../operations/operation';
import {
  environmentPhrases,
  environmentSentence,
  operationPhrases,
  operationSentence,
} from './sentences';

const fresh = { name: 'prod', revision: 1 };
const standing = { name: 'prod', revision: 2, appliedRevision: 1 };
const error = { code: 'resource_unavailable', message: 'cx43 is sold out.' };

const startedAt = new Date('2026-11-23T08:00:00Z');

const operation = (overrides: Partial<Operation> = {}) => ({
  goal: 'apply' as const,
  state: 'running' as const,
  aim: { kind: 'apply' as const, revision: 1 },
  revision: 1,
  ...overrides,
});

describe('operationSentence', () => {
  it.each<[string, Partial<Operation>, typeof fresh]>([
    ['Creating prod waits for its turn.', { state: 'queued' }, fresh],
    ['Creating prod.', {}, fresh],
    [
      'Creating prod waits for approval.',
      { state: 'awaiting-approval' },
      fresh,
    ],
    ['Changing prod.', { revision: 2, previousRevision: 1 }, standing],
    ['Repairing prod.', { revision: 1, previousRevision: 1 }, standing],
    ['Creating prod.', { revision: 1, previousRevision: 1 }, fresh],
    ['Removing prod.', { goal: 'remove', aim: { kind: 'remove' } }, standing],
    ['prod is ready, as revision 1 says.', { state: 'succeeded' }, standing],
    ['prod is removed.', { goal: 'remove', state: 'succeeded' }, standing],
    [
      'Creating prod was cancelled before it began.',
      { state: 'cancelled', aim: { kind: 'stop' } },
      fresh,
    ],
    [
      'Creating prod was cancelled. All that was made of it is removed.',
      { state: 'cancelled', aim: { kind: 'remove' }, startedAt },
      fresh,
    ],
    [
      'Creating prod was cancelled. Its removal took over.',
      { state: 'cancelled', aim: { kind: 'stop' }, startedAt },
      fresh,
    ],
    [
      'Changing prod was cancelled. It is as revision 1 says again.',
      {
        state: 'cancelled',
        revision: 2,
        previousRevision: 1,
        aim: { kind: 'apply', revision: 1 },
        startedAt,
      },
      standing,
    ],
    [
      'Repairing prod was cancelled. What had been done stayed.',
      {
        state: 'cancelled',
        previousRevision: 1,
        aim: { kind: 'stop' },
        startedAt,
      },
      standing,
    ],
    [
      'Removing prod was cancelled. Nothing was removed.',
      { goal: 'remove', state: 'cancelled', aim: { kind: 'stop' }, startedAt },
      standing,
    ],
    [
      'Creating prod failed. What had been done stayed.',
      { state: 'failed', error },
      fresh,
    ],
    [
      'Creating prod failed. All that was made of it is removed.',
      { state: 'failed', error, aim: { kind: 'remove' } },
      fresh,
    ],
    [
      'Creating prod failed. What had been done stayed.',
      {
        state: 'failed',
        error: {
          ...error,
          message: 'It is sold out. Undoing it failed too: It is locked.',
        },
        aim: { kind: 'remove' },
      },
      fresh,
    ],
    [
      'Removing prod failed. What was not removed is still there.',
      { goal: 'remove', state: 'failed', error, aim: { kind: 'remove' } },
      standing,
    ],
    [
      'Creating prod failed. What was made of it is being removed.',
      { error, aim: { kind: 'remove' } },
      fresh,
    ],
    [
      'Cancelling. What was made of prod is being removed.',
      { state: 'cancelling', aim: { kind: 'remove' } },
      fresh,
    ],
    [
      'Cancelling. prod goes back to revision 1.',
      { state: 'cancelling', aim: { kind: 'apply', revision: 1 } },
      standing,
    ],
    [
      'Cancelling. What is in flight is awaited.',
      { state: 'cancelling', aim: { kind: 'stop' } },
      standing,
    ],
  ])('%s', (sentence, overrides, environment) => {
    expect(operationSentence(operation(overrides), environment)).toBe(sentence);
  });
});

describe('environmentSentence', () => {
  it.each([
    ['prod is as revision 2 says.', 'ready', undefined],
    ['prod is removed.', 'removed', undefined],
    ['Creating prod.', 'creating', operation()],
    ['prod is changing.', 'changing', undefined],
    [
      'Creating prod failed. What had been done stayed. cx43 is sold out.',
      'failed',
      operation({ state: 'failed', error }),
    ],
    ['prod is not as it should be.', 'failed', undefined],
  ] as const)('%s', (sentence, state, current) => {
    const environment =
      state === 'ready' ? { ...standing, appliedRevision: 2 } : fresh;
    expect(environmentSentence({ ...environment, state }, current)).toBe(
      sentence,
    );
  });
});

describe('the phrases', () => {
  it('of an operation name what it does to which environment', () => {
    expect(
      operationPhrases(
        operation({
          state: 'cancelled',
          revision: 2,
          previousRevision: 1,
          aim: { kind: 'apply', revision: 1 },
          startedAt,
        }),
        standing,
      ),
    ).toEqual([
      {
        code: 'operation-cancelled-returned',
        params: { doing: 'change', environment: 'prod', revision: '1' },
        text: 'Changing prod was cancelled. It is as revision 1 says again.',
      },
    ]);
  });

  it('of a failed environment end with why', () => {
    expect(
      environmentPhrases(
        { ...standing, state: 'failed' },
        operation({ state: 'failed', error }),
      ).map(({ code, text }) => [code, text]),
    ).toEqual([
      [
        'operation-failed-stayed',
        'Creating prod failed. What had been done stayed.',
      ],
      ['verbatim', error.message],
    ]);
  });

  it('of one that nobody approved end with who decided', () => {
    const rejection = {
      code: 'approval-rejected',
      message: 'user:default/cy rejected it: too dear',
    };
    expect(
      operationPhrases(
        operation({ state: 'cancelled', error: rejection }),
        fresh,
      ).map(({ code }) => code),
    ).toEqual(['operation-not-approved', 'verbatim']);
  });
});
