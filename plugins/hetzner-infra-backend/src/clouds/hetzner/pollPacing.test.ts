import fc from 'fast-check';
import { IDS_PER_CALL, pollIntervalSeconds } from './pollPacing';

const pacing = { firstSeconds: 0.5, everySeconds: 1 };

describe('pollIntervalSeconds', () => {
  it.each([
    [1, 1, 1],
    [25, 1, 1],
    [26, 1, 2],
    [60, 1, 3],
    [1, 0.5, 1],
    [1, 0.49, 2],
    [1, 0.24, 5],
    [26, 0.24, 10],
  ])(
    '%i actions with %f of the budget left: %f s',
    (running, left, expected) => {
      expect(pollIntervalSeconds(pacing, running, left)).toBe(expected);
    },
  );

  it('never makes more than one call a second on average', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (running, left) => {
          const calls = Math.ceil(running / IDS_PER_CALL);
          const interval = pollIntervalSeconds(pacing, running, left);
          expect(calls / interval).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
