import type { Operation } from '../operations/operation';
import { environmentSentence, operationSentence } from './sentences';

const fresh = { name: 'prod', revision: 1 };
const standing = { name: 'prod', revision: 2, appliedRevision: 1 };
const error = { code: 'resource_unavailable', message: 'cx43 is sold out.' };

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
    ['prod stands.', { state: 'succeeded' }, standing],
    ['prod is removed.', { goal: 'remove', state: 'succeeded' }, standing],
    ['Creating prod was cancelled.', { state: 'cancelled' }, fresh],
    [
      'Creating prod failed: cx43 is sold out.',
      { state: 'failed', error },
      fresh,
    ],
    ['Creating prod failed.', { state: 'failed' }, fresh],
    [
      'Creating prod failed and is undone: cx43 is sold out.',
      { error, aim: { kind: 'remove' } },
      fresh,
    ],
    [
      'Cancelled; what was made of prod is removed.',
      { state: 'cancelling', aim: { kind: 'remove' } },
      fresh,
    ],
    [
      'Cancelled; prod goes back to revision 1.',
      { state: 'cancelling', aim: { kind: 'apply', revision: 1 } },
      standing,
    ],
    [
      'Cancelled; what is in flight is awaited.',
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
      'Creating prod failed: cx43 is sold out.',
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
