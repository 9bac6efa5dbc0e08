import fc from 'fast-check';
import { scheduleSteps, usualSeconds, type TimedStep } from './schedule';

const origin = Date.parse('2026-11-20T08:00:00Z');
const at = (seconds: number) => new Date(origin + seconds * 1000).toISOString();
const now = (seconds: number) => origin + seconds * 1000;

const step = (id: string, change: Partial<TimedStep> = {}): TimedStep => ({
  id,
  state: 'waiting',
  needs: [],
  expectedSeconds: 10,
  ...change,
});
const done = (id: string, start: number, end: number) =>
  step(id, { state: 'succeeded', startedAt: at(start), finishedAt: at(end) });

describe('scheduleSteps', () => {
  it.each<[string, TimedStep[], number | undefined, object]>([
    ['what ran, when it ran', [done('a', 1, 3)], 20, { a: [1, 3] }],
    [
      'what runs, until it usually ends',
      [step('a', { state: 'running', startedAt: at(2) })],
      5,
      { a: [2, 12] },
    ],
    [
      'what runs for longer than usual, until now',
      [step('a', { state: 'running', startedAt: at(2) })],
      40,
      { a: [2, 40] },
    ],
    [
      'what waits, after the last that it needs',
      [
        done('a', 0, 4),
        step('b', { state: 'running', startedAt: at(4) }),
        step('c', { needs: ['a', 'b'], expectedSeconds: 3 }),
        step('d', { needs: ['c'] }),
      ],
      6,
      { a: [0, 4], b: [4, 14], c: [14, 17], d: [17, 27] },
    ],
    [
      'what waits for nothing, from now on',
      [step('a', { expectedSeconds: 7 })],
      3,
      { a: [3, 10] },
    ],
    [
      'no time for what was skipped, and none to wait for it',
      [step('a', { state: 'skipped' }), step('b', { needs: ['a', 'gone'] })],
      1,
      { b: [1, 11] },
    ],
    [
      'nothing that waited when all is over',
      [done('a', 0, 2), step('b', { needs: ['a'] })],
      undefined,
      { a: [0, 2] },
    ],
    [
      'steps that need each other, without waiting for ever',
      [step('a', { needs: ['b'] }), step('b', { needs: ['a'] })],
      0,
      { a: [10, 20], b: [0, 10] },
    ],
  ])('gives %s', (_what, steps, seconds, times) => {
    const schedule = scheduleSteps(
      steps,
      origin,
      seconds === undefined ? undefined : now(seconds),
    );
    expect(
      Object.fromEntries(
        [...schedule].map(([id, { start, end }]) => [id, [start, end]]),
      ),
    ).toEqual(times);
  });
});

describe('usualSeconds', () => {
  it('is the longest way through the steps, whatever happened to them', () => {
    const steps = [
      done('network', 0, 500),
      step('web-1', { needs: ['network'], expectedSeconds: 30 }),
      step('web-2', { needs: ['network'], expectedSeconds: 20 }),
      step('load-balancer', { needs: ['network'], expectedSeconds: 15 }),
      step('left-out', { state: 'skipped', expectedSeconds: 900 }),
    ];
    expect(usualSeconds(steps)).toBe(40);
    expect(usualSeconds([])).toBe(0);
  });

  it('is between the longest step and the sum of all', () => {
    const plans = fc
      .array(fc.record({ seconds: fc.nat(600), needs: fc.array(fc.nat(19)) }), {
        minLength: 1,
        maxLength: 20,
      })
      .map(list =>
        list.map(({ seconds, needs }, index) =>
          step(String(index), {
            expectedSeconds: seconds,
            needs: needs.filter(need => need < index).map(String),
          }),
        ),
      );
    fc.assert(
      fc.property(plans, steps => {
        const seconds = steps.map(({ expectedSeconds }) => expectedSeconds!);
        const usual = usualSeconds(steps);
        expect(usual).toBeGreaterThanOrEqual(Math.max(...seconds));
        expect(usual).toBeLessThanOrEqual(seconds.reduce((a, b) => a + b, 0));
      }),
    );
  });
});
