import type { Operation } from './operation';
import {
  cancellation,
  outcome,
  placement,
  stateAtRest,
  stateWhileWorking,
} from './transitions';

const operation = (overrides: Partial<Operation> = {}): Operation => ({
  id: 'op',
  environmentId: 'env',
  goal: 'apply',
  revision: 1,
  aim: { kind: 'apply', revision: 1 },
  state: 'running',
  initiator: 'user:default/jo',
  options: {},
  attempts: 1,
  createdAt: new Date(0),
  ...overrides,
});

const removal = (overrides: Partial<Operation> = {}) =>
  operation({
    id: 'removal',
    goal: 'remove',
    aim: { kind: 'remove' },
    options: { data: 'keep' },
    ...overrides,
  });

describe('placement', () => {
  it('queues the first operation', () => {
    expect(placement('apply', {}, [])).toEqual({ kind: 'queued' });
    expect(placement('remove', { data: 'keep' }, [])).toEqual({
      kind: 'queued',
    });
  });

  it.each(['queued', 'running', 'cancelling', 'awaiting-approval'] as const)(
    'refuses an apply beside one that is %s',
    state => {
      const other = operation({ state });
      expect(placement('apply', {}, [other])).toEqual({
        kind: 'refused',
        by: other,
      });
    },
  );

  it('refuses an apply beside a removal, and names the removal', () => {
    const by = removal();
    expect(placement('apply', {}, [operation(), by])).toEqual({
      kind: 'refused',
      by,
    });
  });

  it('lets a removal take over from an apply', () => {
    const apply = operation();
    expect(placement('remove', { data: 'keep' }, [apply])).toEqual({
      kind: 'queued',
      supersedes: apply,
    });
  });

  it('takes a second removal with the same choice for the first', () => {
    const first = removal();
    expect(placement('remove', { data: 'keep' }, [first])).toEqual({
      kind: 'repeated',
      operation: first,
    });
  });

  it('refuses a second removal with another choice, or while the first is cancelled', () => {
    expect(placement('remove', { data: 'delete' }, [removal()]).kind).toBe(
      'refused',
    );
    expect(
      placement('remove', { data: 'keep' }, [removal({ state: 'cancelling' })])
        .kind,
    ).toBe('refused');
  });
});

describe('cancellation', () => {
  const never = { revision: 1 };
  const applied = { revision: 2, appliedRevision: 1 };

  it.each([
    [
      'a running create becomes a removal',
      operation(),
      never,
      { kind: 'remove' },
    ],
    [
      'a running change goes back to what was reached last',
      operation({ revision: 2, aim: { kind: 'apply', revision: 2 } }),
      applied,
      { kind: 'apply', revision: 1 },
    ],
    [
      'a running repair stops',
      operation(),
      { revision: 1, appliedRevision: 1 },
      { kind: 'stop' },
    ],
    [
      'a removal that has deleted nothing stops',
      removal(),
      { revision: 1, appliedRevision: 1 },
      { kind: 'stop' },
    ],
  ])('%s', (_, running, environment, aim) => {
    expect(cancellation(running, environment, false)).toEqual({
      kind: 'cancelling',
      aim,
    });
  });

  it('ends at once what is queued, and goes back to what was wanted before', () => {
    expect(
      cancellation(
        operation({ state: 'queued', revision: 2, previousRevision: 1 }),
        { revision: 2 },
        false,
      ),
    ).toEqual({ kind: 'cancelled', backTo: 1 });
    expect(cancellation(operation({ state: 'queued' }), never, false)).toEqual({
      kind: 'cancelled',
      backTo: undefined,
    });
    expect(cancellation(removal({ state: 'queued' }), applied, false)).toEqual({
      kind: 'cancelled',
      backTo: 2,
    });
  });

  it('refuses a removal that has begun, and what is over', () => {
    expect(cancellation(removal(), never, true).kind).toBe('refused');
    expect(
      cancellation(operation({ state: 'succeeded' }), never, false).kind,
    ).toBe('refused');
    expect(
      cancellation(operation({ state: 'failed' }), never, false).kind,
    ).toBe('refused');
  });

  it('changes nothing the second time, nor while a failed create is undone', () => {
    expect(
      cancellation(operation({ state: 'cancelling' }), never, false).kind,
    ).toBe('unchanged');
    expect(
      cancellation(operation({ state: 'cancelled' }), never, false).kind,
    ).toBe('unchanged');
    expect(
      cancellation(operation({ aim: { kind: 'remove' } }), never, false).kind,
    ).toBe('unchanged');
  });
});

describe('outcome', () => {
  const why = { code: 'resource_unavailable', message: 'cx43 is sold out.' };
  const create = operation();
  const change = operation({
    revision: 2,
    aim: { kind: 'apply', revision: 2 },
  });
  const first = { revision: 1 };
  const second = { revision: 2, appliedRevision: 1 };

  it.each([
    ['create', create, first, true, 'succeeded', 'ready', 1],
    [
      'create kept after a failure',
      create,
      first,
      false,
      'failed',
      'failed',
      undefined,
    ],
    ['change', change, second, true, 'succeeded', 'ready', 2],
    ['failed change', change, second, false, 'failed', 'failed', undefined],
    ['removal', removal(), first, true, 'succeeded', 'removed', undefined],
    ['failed removal', removal(), first, false, 'failed', 'failed', undefined],
    [
      'cancelled create',
      operation({ state: 'cancelling', aim: { kind: 'remove' } }),
      first,
      true,
      'cancelled',
      'removed',
      undefined,
    ],
    [
      'cancelled create that could not be removed',
      operation({ state: 'cancelling', aim: { kind: 'remove' } }),
      first,
      false,
      'failed',
      'failed',
      undefined,
    ],
    [
      'cancelled change',
      operation({
        state: 'cancelling',
        revision: 2,
        aim: { kind: 'apply', revision: 1 },
      }),
      { revision: 1, appliedRevision: 1 },
      true,
      'cancelled',
      'ready',
      1,
    ],
    [
      'stopped repair',
      operation({ state: 'cancelling', aim: { kind: 'stop' } }),
      { revision: 1, appliedRevision: 1 },
      true,
      'cancelled',
      'ready',
      undefined,
    ],
    [
      'stopped removal of what had failed',
      removal({ state: 'cancelling', aim: { kind: 'stop' } }),
      first,
      true,
      'cancelled',
      'failed',
      undefined,
    ],
  ] as const)(
    '%s',
    (_, ended, environment, reached, state, after, appliedRevision) => {
      const result = outcome(
        ended,
        environment,
        { reached, error: why },
        false,
      );
      expect(result).toEqual({
        state,
        error: state === 'failed' ? why : undefined,
        environment: { state: after, appliedRevision },
      });
    },
  );

  it('fails a create that was undone, with its diagnosis, and frees its name', () => {
    const undone = operation({ aim: { kind: 'remove' }, error: why });
    expect(outcome(undone, first, { reached: true }, false)).toEqual({
      state: 'failed',
      error: why,
      environment: { state: 'removed', appliedRevision: undefined },
    });
  });

  it('keeps both reasons when undoing fails too', () => {
    const undone = operation({ aim: { kind: 'remove' }, error: why });
    const result = outcome(
      undone,
      first,
      {
        reached: false,
        error: { code: 'locked', message: 'web-1 is locked.' },
      },
      false,
    );
    expect(result.error).toEqual({
      code: 'resource_unavailable',
      message: 'cx43 is sold out. Undoing it failed too: web-1 is locked.',
      phrases: [
        expect.objectContaining({ text: 'cx43 is sold out.' }),
        expect.objectContaining({ code: 'undoing-failed' }),
        expect.objectContaining({ text: 'web-1 is locked.' }),
      ],
    });
    expect(result.environment.state).toBe('failed');
  });

  it('leaves the environment to the removal that waits', () => {
    const stopped = operation({ state: 'cancelling', aim: { kind: 'stop' } });
    expect(outcome(stopped, first, { reached: true }, true)).toMatchObject({
      state: 'cancelled',
      environment: { state: 'removing' },
    });
  });
});

it.each([
  ['apply', undefined, 'creating'],
  ['apply', 1, 'changing'],
  ['remove', undefined, 'removing'],
  ['remove', 1, 'removing'],
] as const)(
  'an environment with a queued %s after %p is %s',
  (goal, r, state) => {
    expect(stateWhileWorking(goal, { appliedRevision: r })).toBe(state);
  },
);

it('an environment at rest is ready when what is wanted was reached', () => {
  expect(stateAtRest({ revision: 3, appliedRevision: 3 })).toBe('ready');
  expect(stateAtRest({ revision: 3, appliedRevision: 2 })).toBe('failed');
  expect(stateAtRest({ revision: 1 })).toBe('failed');
  expect(stateAtRest({ revision: 3, appliedRevision: 3, isBroken: true })).toBe(
    'failed',
  );
});

it('keeps the diagnosis of a create that is cancelled while it is undone', () => {
  const error = { code: 'resource_unavailable', message: 'cx43 is sold out.' };
  const ended = outcome(
    operation({ state: 'cancelling', aim: { kind: 'stop' }, error }),
    { revision: 1 },
    { reached: true },
    true,
  );
  expect(ended).toMatchObject({ state: 'cancelled', error });
});
