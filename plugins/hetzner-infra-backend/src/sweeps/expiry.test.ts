import fc from 'fast-check';
import {
  expiryStep,
  type ExpiryFacts,
  type ExpiryStep,
  type SentNotice,
} from './expiry';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const END = 1_000 * HOUR;

const facts = (change: Partial<ExpiryFacts> = {}): ExpiryFacts => ({
  expiresAt: END,
  isProtected: false,
  isWorking: false,
  sent: [],
  warnHoursBefore: [24, 1],
  now: END - 48 * HOUR,
  ...change,
});

const told = (notice: string, at = END - 24 * HOUR): SentNotice => ({
  notice,
  at,
});

describe('expiryStep', () => {
  it.each<[string, Partial<ExpiryFacts>, object]>([
    ['long before', {}, { do: 'nothing' }],
    [
      'a day before',
      { now: END - 24 * HOUR },
      { do: 'warn', notice: '24 h before', removalAt: END },
    ],
    [
      'a day before, told',
      { now: END - 23 * HOUR, sent: [told('24 h before')] },
      { do: 'nothing' },
    ],
    [
      'an hour before',
      { now: END - HOUR, sent: [told('24 h before')] },
      { do: 'warn', notice: '1 h before', removalAt: END },
    ],
    [
      'an hour before, made for half an hour',
      { now: END - HOUR / 2 },
      { do: 'warn', notice: '1 h before', removalAt: END },
    ],
    [
      'over, warned',
      { now: END, sent: [told('1 h before')] },
      { do: 'remove', notice: 'removal', attempt: 1 },
    ],
    [
      'over, warned, and an operation works on it',
      { now: END, sent: [told('1 h before')], isWorking: true },
      { do: 'nothing' },
    ],
    [
      'over, the portal was down',
      { now: END + 5 * HOUR },
      { do: 'warn', notice: 'late warning', removalAt: END + 6 * HOUR },
    ],
    [
      'over, warned late, half an hour later',
      { now: END + 5.5 * HOUR, sent: [told('late warning', END + 5 * HOUR)] },
      { do: 'nothing' },
    ],
    [
      'over, warned late, an hour later',
      { now: END + 6 * HOUR, sent: [told('late warning', END + 5 * HOUR)] },
      { do: 'remove', notice: 'removal', attempt: 1 },
    ],
    [
      'over, protected',
      { now: END, isProtected: true, sent: [told('1 h before')] },
      { do: 'tell-protected', notice: 'protected' },
    ],
    [
      'over, protected, told',
      { now: END + HOUR, isProtected: true, sent: [told('protected', END)] },
      { do: 'nothing' },
    ],
    [
      'over, no longer protected, never warned',
      { now: END + HOUR, sent: [told('protected', END)] },
      { do: 'warn', notice: 'late warning', removalAt: END + 2 * HOUR },
    ],
    [
      'over, its removal failed',
      {
        now: END + 60_000,
        sent: [told('1 h before'), told('removal', END)],
        failedRemovalAt: END + 50_000,
      },
      {
        do: 'tell-failed',
        notice: 'removal 1 failed',
        retryAt: END + 50_000 + 5 * MINUTE,
      },
    ],
    [
      'over, its removal failed, told, too soon',
      {
        now: END + 5 * MINUTE - 1,
        sent: [told('removal', END), told('removal 1 failed', END)],
        failedRemovalAt: END,
      },
      { do: 'nothing' },
    ],
    [
      'over, its removal failed, told, five minutes later',
      {
        now: END + 5 * MINUTE,
        sent: [told('removal', END), told('removal 1 failed', END)],
        failedRemovalAt: END,
      },
      { do: 'remove', notice: 'removal 2', attempt: 2 },
    ],
    [
      'over, its removal failed for the second time',
      {
        now: END + HOUR,
        sent: [told('removal', END), told('removal 2', END)],
        failedRemovalAt: END + HOUR,
      },
      {
        do: 'tell-failed',
        notice: 'removal 2 failed',
        retryAt: END + HOUR + 10 * MINUTE,
      },
    ],
    [
      'over, its removal failed, and somebody works on it',
      {
        now: END + HOUR,
        sent: [told('removal', END), told('removal 1 failed', END)],
        failedRemovalAt: END,
        isWorking: true,
      },
      { do: 'nothing' },
    ],
    [
      'over, its removal failed, and it was protected since',
      {
        now: END + HOUR,
        sent: [told('removal', END), told('removal 1 failed', END)],
        failedRemovalAt: END,
        isProtected: true,
      },
      { do: 'tell-protected', notice: 'protected' },
    ],
    [
      'extended after its removal failed',
      { now: END - 48 * HOUR, sent: [], failedRemovalAt: END - 49 * HOUR },
      { do: 'nothing' },
    ],
    [
      'over, its removal was asked for and cancelled',
      { now: END + HOUR, sent: [told('1 h before'), told('removal', END)] },
      { do: 'nothing' },
    ],
    [
      'a day before, protected',
      { now: END - 24 * HOUR, isProtected: true },
      { do: 'nothing' },
    ],
  ])('%s', (_when, change, expected) => {
    expect(expiryStep(facts(change))).toEqual(expected);
  });

  const anyFacts = fc.record({
    isProtected: fc.boolean(),
    isWorking: fc.boolean(),
    warnHoursBefore: fc.uniqueArray(fc.integer({ min: 1, max: 200 }), {
      minLength: 1,
      maxLength: 4,
    }),
    ticks: fc.array(fc.integer({ min: 1, max: 100 * HOUR }), {
      maxLength: 60,
    }),
  });

  /** Goes on in time and does what each step says; the steps, with what had been sent before each. */
  function lived(
    change: Partial<ExpiryFacts>,
    ticks: readonly number[],
  ): { step: ExpiryStep; now: number; before: SentNotice[] }[] {
    const steps: { step: ExpiryStep; now: number; before: SentNotice[] }[] = [];
    let sent: SentNotice[] = [];
    let now = END - 300 * HOUR;
    for (const tick of ticks) {
      now += tick;
      const step = expiryStep(facts({ ...change, sent, now }));
      steps.push({ step, now, before: sent });
      if (step.do !== 'nothing') {
        sent = [...sent, { notice: step.notice, at: now }];
      }
    }
    return steps;
  }

  it('never removes what is protected, worked on, not over, or not warned of long enough', () => {
    fc.assert(
      fc.property(anyFacts, ({ ticks, ...change }) => {
        const shortest = Math.min(...change.warnHoursBefore) * HOUR;
        const wrong = lived(change, ticks).filter(
          ({ step, now, before }) =>
            step.do === 'remove' &&
            (change.isProtected ||
              change.isWorking ||
              now < END ||
              !before.some(({ at }) => at < END || at + shortest <= now)),
        );
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('tries again for ever what fails, later each time, at least four times a day', () => {
    const attempts: number[] = [];
    let sent: SentNotice[] = [told('1 h before')];
    let failedRemovalAt: number | undefined;
    for (let now = END; now < END + 72 * HOUR; now += MINUTE) {
      const step = expiryStep(facts({ sent, now, failedRemovalAt }));
      if (step.do !== 'nothing') {
        sent = [...sent, { notice: step.notice, at: now }];
      }
      if (step.do === 'remove') {
        attempts.push(now);
        failedRemovalAt = now;
      }
    }
    const pauses = attempts
      .slice(1)
      .map((at, index) => (at - attempts[index]) / MINUTE);
    expect(pauses.slice(0, 8)).toEqual([5, 10, 20, 40, 80, 160, 320, 360]);
    expect(new Set(pauses.slice(8))).toEqual(new Set([360]));
  });

  it('says nothing twice', () => {
    fc.assert(
      fc.property(anyFacts, ({ ticks, ...change }) => {
        const notices = lived(change, ticks).flatMap(({ step }) =>
          step.do === 'nothing' ? [] : [step.notice],
        );
        expect(new Set(notices).size).toBe(notices.length);
      }),
    );
  });

  it('removes in the end what nobody extends or protects', () => {
    fc.assert(
      fc.property(anyFacts, ({ warnHoursBefore }) => {
        const done = lived({ warnHoursBefore }, Array(600).fill(HOUR)).map(
          ({ step }) => step.do,
        );
        expect(done.filter(what => what === 'remove')).toHaveLength(1);
        expect(done.filter(what => what === 'warn')).toHaveLength(
          warnHoursBefore.length,
        );
      }),
    );
  });
});
