import { mayHaveResources, type BegunStep } from './standingByConnection';

const step = (
  change: string,
  state = 'succeeded',
  more: Partial<BegunStep> = {},
): BegunStep => ({
  key: 'network',
  kind: 'network',
  change,
  state,
  attempts: 1,
  error: null,
  provider_id: null,
  ...more,
});

const key = { key: 'ssh-key', kind: 'ssh-key' };
const failed = (code: string) => ({ error: JSON.stringify({ code }) });

describe('mayHaveResources', () => {
  it.each<[string, boolean, BegunStep[], boolean]>([
    ['nothing was begun', false, [], false],
    ['it was adopted', true, [], true],
    ['its creation runs', false, [step('create', 'running')], true],
    [
      'another kind is created first',
      false,
      [step('create', 'running', key)],
      true,
    ],
    [
      'its creation failed',
      false,
      [step('create', 'failed', failed('timed_out'))],
      true,
    ],
    [
      'its creation was refused for the token',
      false,
      [step('create', 'failed', failed('unauthorized'))],
      false,
    ],
    [
      'its creation was refused for the token after another attempt',
      false,
      [step('create', 'failed', { ...failed('unauthorized'), attempts: 2 })],
      true,
    ],
    ['it was changed', true, [step('update', 'failed')], true],
    ['its removal was begun', true, [step('remove', 'running')], true],
    ['its removal failed', true, [step('remove', 'failed')], true],
    ['it was removed', true, [step('create'), step('remove')], false],
    [
      'it was undone',
      false,
      [
        step('create', 'succeeded', key),
        step('create', 'failed', failed('timed_out')),
        step('remove'),
        step('remove', 'succeeded', key),
      ],
      false,
    ],
    [
      'something is left of it',
      false,
      [step('create', 'succeeded', key), step('create'), step('remove')],
      true,
    ],
  ])('when %s', (_, hasStood, begun, expected) => {
    expect(mayHaveResources(hasStood, begun)).toBe(expected);
  });
});
