import type {
  Operation,
  OperationEvent,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { sampleOperation, sampleStep } from '../__testUtils__/samples';
import {
  followOperation,
  NOTHING_FOLLOWED,
  type FollowAction,
} from './followedOperation';

const follow = (actions: FollowAction[]) =>
  actions.reduce(followOperation, NOTHING_FOLLOWED);
const read = (change?: Partial<Operation>, asOf = 0): FollowAction => ({
  type: 'read',
  asOf,
  operation: sampleOperation(change),
});
// The sample's youngest instant is 08:00:05.
const event = (seq: number, change: Partial<OperationEvent>): FollowAction => ({
  type: 'event',
  event: { seq, type: 'log', at: '2026-11-20T08:00:06Z', ...change },
});
const finished = sampleStep({
  key: 'web-1',
  kind: 'server',
  state: 'succeeded',
  startedAt: '2026-11-20T08:00:05Z',
  finishedAt: '2026-11-20T08:00:30Z',
});

const running = sampleOperation().steps[1];
const call = {
  at: '2026-11-20T08:00:05Z',
  method: 'POST',
  path: '/servers',
  status: 201,
  attempt: 1,
};

describe('followOperation', () => {
  const cases: [string, FollowAction[], object][] = [
    ['begins with nothing', [], { lastSeq: 0, log: [] }],
    [
      'takes a read as it is',
      [read()],
      { operation: sampleOperation(), lastSeq: 0 },
    ],
    [
      'replaces a step in its place',
      [read(), event(1, { type: 'step', step: finished })],
      {
        operation: sampleOperation({
          steps: [
            sampleOperation().steps[0],
            finished,
            sampleOperation().steps[2],
          ],
        }),
        lastSeq: 1,
      },
    ],
    [
      'adds a step that a new plan brought',
      [
        read({ steps: [] }),
        event(1, { type: 'step', step: sampleStep({ key: 'firewall' }) }),
      ],
      {
        operation: sampleOperation({
          steps: [sampleStep({ key: 'firewall' })],
        }),
      },
    ],
    [
      'merges an operation event and keeps the steps',
      [
        read(),
        event(1, {
          type: 'operation',
          operation: { state: 'cancelling', sentence: 'Undoing 2 resources.' },
        }),
      ],
      {
        operation: sampleOperation({
          state: 'cancelling',
          sentence: 'Undoing 2 resources.',
        }),
      },
    ],
    [
      'logs words, and what becomes of steps',
      [
        read(),
        event(1, { message: 'Waiting for the provider.' }),
        event(2, { type: 'step', step: finished, message: 'web-1 is there.' }),
        event(3, { type: 'step', step: finished }),
      ],
      {
        lastSeq: 3,
        log: [
          {
            seq: 1,
            at: '2026-11-20T08:00:06Z',
            message: 'Waiting for the provider.',
          },
          { seq: 2, at: '2026-11-20T08:00:06Z', message: 'web-1 is there.' },
          {
            seq: 3,
            at: '2026-11-20T08:00:06Z',
            step: {
              id: 'step-web-1',
              title: 'Create web-1',
              state: 'succeeded',
            },
          },
        ],
      },
    ],
    [
      'logs what an operation says only when it is new, and no step that waits',
      [
        read(),
        event(1, { type: 'operation', operation: { sentence: 'Creating.' } }),
        event(2, { type: 'step', step: sampleStep({ key: 'web-2' }) }),
        event(3, { type: 'operation', operation: { sentence: 'Creating.' } }),
        event(4, { type: 'operation', operation: { sentence: 'Created.' } }),
      ],
      {
        log: [
          { seq: 1, at: '2026-11-20T08:00:06Z', message: 'Creating.' },
          { seq: 4, at: '2026-11-20T08:00:06Z', message: 'Created.' },
        ],
      },
    ],
    [
      'logs what becomes of a step, not how far it is',
      [
        read(),
        ...[10, 50, 90].map((progress, index) =>
          event(index + 1, {
            type: 'step',
            step: sampleStep({ state: 'running', progress }),
          }),
        ),
        event(4, { type: 'step', step: sampleStep({ state: 'failed' }) }),
        event(5, { type: 'step', step: sampleStep({ state: 'running' }) }),
      ],
      {
        log: [
          expect.objectContaining({ seq: 1 }),
          expect.objectContaining({ seq: 4 }),
          expect.objectContaining({ seq: 5 }),
        ],
      },
    ],
    [
      'ignores what it had before, such as after a reconnect',
      [
        read(),
        event(2, { message: 'second' }),
        event(1, { message: 'first' }),
        event(2, { message: 'second' }),
      ],
      {
        lastSeq: 2,
        log: [{ seq: 2, at: '2026-11-20T08:00:06Z', message: 'second' }],
      },
    ],
    [
      'logs a replayed event that the read includes, but does not go back to it',
      [
        read({ state: 'succeeded', finishedAt: '2026-11-20T08:01:00Z' }),
        event(1, {
          type: 'operation',
          operation: { state: 'running' },
          message: 'The operation begins.',
          at: '2026-11-20T08:00:01Z',
        }),
      ],
      {
        operation: sampleOperation({
          state: 'succeeded',
          finishedAt: '2026-11-20T08:01:00Z',
        }),
        log: [
          {
            seq: 1,
            at: '2026-11-20T08:00:01Z',
            message: 'The operation begins.',
          },
        ],
      },
    ],
    [
      'lets a later read replace what events brought',
      [
        read(),
        event(1, { type: 'step', step: finished }),
        read({ state: 'failed', finishedAt: '2026-11-20T08:02:00Z' }, 1),
      ],
      {
        operation: sampleOperation({
          state: 'failed',
          finishedAt: '2026-11-20T08:02:00Z',
        }),
        lastSeq: 1,
      },
    ],
    [
      'takes from a read that events overtook only what events do not carry',
      [
        read(),
        event(1, { type: 'step', step: finished }),
        read({ steps: [{ ...running, calls: [call] }] }),
      ],
      {
        operation: { steps: [{}, { ...finished, calls: [call] }, {}] },
        lastSeq: 1,
      },
    ],
    [
      'keeps what events do not carry when one comes',
      [
        read({ steps: [{ ...running, calls: [call] }] }),
        event(1, { type: 'step', step: finished }),
      ],
      { operation: { steps: [{ ...finished, calls: [call] }] } },
    ],
    [
      'keeps a log that arrives before the first read',
      [event(1, { message: 'early' }), read()],
      {
        operation: sampleOperation(),
        log: [{ seq: 1, at: '2026-11-20T08:00:06Z', message: 'early' }],
      },
    ],
  ];

  it.each(cases)('%s', (_title, actions, expected) => {
    expect(follow(actions)).toMatchObject(expected);
  });

  it('gives every viewer the same, whenever he came', () => {
    const history: OperationEvent[] = [
      {
        seq: 1,
        type: 'operation',
        at: '2026-11-20T08:00:01Z',
        operation: { state: 'running', startedAt: '2026-11-20T08:00:01Z' },
        message: 'The operation begins.',
      },
      {
        seq: 2,
        type: 'step',
        at: '2026-11-20T08:00:30Z',
        step: finished,
        message: 'web-1 is there.',
      },
      {
        seq: 3,
        type: 'operation',
        at: '2026-11-20T08:00:31Z',
        operation: {
          state: 'succeeded',
          finishedAt: '2026-11-20T08:00:31Z',
          sentence: 'Created.',
        },
        message: 'The operation ended.',
      },
    ];
    const replay = history.map(
      (past): FollowAction => ({ type: 'event', event: past }),
    );
    const atTheBeginning = read({
      state: 'queued',
      startedAt: undefined,
      steps: [sampleStep({ key: 'web-1', kind: 'server' })],
    });
    const watched = follow([atTheBeginning, ...replay]);
    const cameLater = follow([
      { type: 'read', operation: watched.operation!, asOf: watched.lastSeq },
      ...replay,
    ]);

    expect(cameLater.operation).toEqual(watched.operation);
    expect(cameLater.log).toEqual(watched.log);
    expect(watched.operation).toMatchObject({
      state: 'succeeded',
      sentence: 'Created.',
      steps: [finished],
    });
  });
});
