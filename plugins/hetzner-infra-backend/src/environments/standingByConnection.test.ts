import { hasNetwork } from './standingByConnection';

const step = (change: string, state = 'succeeded') => ({ change, state });

describe('hasNetwork', () => {
  it.each([
    ['nothing was begun', false, undefined, false],
    ['it was adopted', true, undefined, true],
    ['it was created', false, step('create'), true],
    ['its creation runs', false, step('create', 'running'), false],
    ['its creation failed', false, step('create', 'failed'), false],
    ['it was changed', true, step('update', 'failed'), true],
    ['its removal was begun', true, step('remove', 'running'), false],
    ['it was removed', true, step('remove'), false],
  ])('when %s', (_, hasStood, last, expected) => {
    expect(hasNetwork(hasStood, last)).toBe(expected);
  });
});
