import fc from 'fast-check';
import {
  callsPerPoll,
  defaultPacing,
  nextPollAt,
  type PollSituation,
} from './pollPacing';

const situation = (change: Partial<PollSituation> = {}): PollSituation => ({
  since: 0,
  expectedAt: 500,
  lastPollAt: 10_000,
  savedCalls: 0,
  asked: 1,
  remainingShare: 1,
  ...change,
});

/** Seconds from the last poll to the next. */
const pauseAfter = (change: Partial<PollSituation>) =>
  (nextPollAt(defaultPacing, situation(change)) - 10_000) / 1000;

describe('nextPollAt', () => {
  it.each([
    [1, 1, 1],
    [50, 1, 1],
    [51, 1, 2],
    [120, 1, 3],
    [1, 0.5, 1],
    [1, 0.49, 2],
    [1, 0.24, 5],
    [51, 0.24, 10],
  ])(
    '%i actions with %f of the budget left: %f s',
    (asked, remainingShare, expected) => {
      expect(pauseAfter({ asked, remainingShare })).toBe(expected);
    },
  );

  it('asks again soon when calls were saved and something may have ended', () => {
    // One call a second, and those saved spread over three.
    expect(pauseAfter({ savedCalls: 3 })).toBe(0.5);
    expect(pauseAfter({ savedCalls: 3, asked: 51 })).toBe(1);
    expect(pauseAfter({ savedCalls: 5, remainingShare: 0.4 })).toBe(2);
  });

  it('is quiet until something may have ended, but not for long', () => {
    expect(pauseAfter({ expectedAt: 13_000 })).toBe(3);
    expect(pauseAfter({ expectedAt: 60_000 })).toBe(6);
  });

  it('looks at once when something may have ended for the first time', () => {
    expect(pauseAfter({ expectedAt: 10_100, savedCalls: 1 })).toBe(0.1);
    expect(pauseAfter({ expectedAt: 10_100, savedCalls: 0.5 })).toBeGreaterThan(
      0.8,
    );
  });

  it('does not count the time before anybody waited', () => {
    const at = nextPollAt(
      defaultPacing,
      situation({ since: 100_000, expectedAt: 104_000 }),
    );
    expect(at).toBe(104_000);
  });

  it('without savings never makes more than one call a second on average', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (asked, remainingShare) => {
          const pause = pauseAfter({ asked, remainingShare });
          expect(callsPerPoll(asked) / pause).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
