import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { sampleOperation, sampleStep } from '../../__testUtils__/samples';
import { failingSteps, progressOf, roughSeconds } from './operationSummary';

const origin = Date.parse('2026-11-20T08:00:00Z');
const at = (seconds: number) => new Date(origin + seconds * 1000).toISOString();

const network = sampleStep({
  key: 'network',
  state: 'succeeded',
  expectedSeconds: 4,
  startedAt: at(0),
  finishedAt: at(4),
});
const web = sampleStep({
  key: 'web-1',
  state: 'running',
  expectedSeconds: 20,
  startedAt: at(4),
});
const balancer = sampleStep({
  key: 'load-balancer',
  needs: ['step-web-1'],
  expectedSeconds: 16,
});

const progress = (seconds: number, change: Partial<Operation> = {}) =>
  progressOf(
    sampleOperation({
      startedAt: at(0),
      createdAt: at(0),
      steps: [network, web, balancer],
      ...change,
    }),
    origin + seconds * 1000,
  );

describe('progressOf', () => {
  it('is the time that passed of the time that it takes', () => {
    expect(progress(10)).toEqual({
      done: 1,
      total: 3,
      percent: 25,
      elapsedSeconds: 10,
      expectedSeconds: 40,
      phase: 'expected',
      late: [],
    });
  });

  it('grows with what takes longer than usual, says what, and is never done', () => {
    const { percent, expectedSeconds, late } = progress(400);
    expect(expectedSeconds).toBe(416);
    expect(percent).toBeLessThan(100);
    expect(late).toEqual([web]);
    expect(progress(24).late).toEqual([]);
  });

  it('is longer than usual when the last step is, and looks once more when all are done', () => {
    const last = { ...balancer, state: 'running' as const, startedAt: at(24) };
    const done = { ...web, state: 'succeeded' as const, finishedAt: at(24) };
    const steps = [network, done, last];
    expect(progress(39, { steps }).phase).toBe('expected');
    expect(progress(41, { steps }).phase).toBe('overdue');
    const all = [
      network,
      done,
      { ...last, state: 'succeeded' as const, finishedAt: at(38) },
    ];
    expect(progress(39, { steps: all }).phase).toBe('last-look');
    expect(
      progress(39, { steps: all, state: 'succeeded', finishedAt: at(39) })
        .phase,
    ).toBe('expected');
  });

  it('knows no end before there is a plan, and none while it waits for its turn', () => {
    for (const change of [
      { steps: [] },
      { state: 'queued' as const, startedAt: undefined },
    ]) {
      expect(progress(30, change)).toMatchObject({
        percent: 0,
        elapsedSeconds: 30,
      });
      expect(progress(30, change)).not.toHaveProperty('expectedSeconds');
    }
  });

  it('stands still when it is over, beside what is usual', () => {
    const over = {
      finishedAt: at(50),
      steps: [network, { ...web, state: 'succeeded' as const }, balancer],
    };
    expect(progress(9_000, { ...over, state: 'succeeded' })).toMatchObject({
      percent: 100,
      elapsedSeconds: 50,
      expectedSeconds: 36,
    });
    expect(
      Math.round(progress(9_000, { ...over, state: 'failed' }).percent),
    ).toBe(67);
  });

  it('does not count what was skipped', () => {
    expect(
      progress(10, {
        steps: [network, { ...balancer, state: 'skipped' }],
      }),
    ).toMatchObject({ done: 1, total: 1 });
  });
});

describe('roughSeconds', () => {
  it.each([
    [7.2, 8],
    [43, 45],
    [128, 130],
    [27, 30],
    [3_604, 3_610],
  ])('says %d s as %d s', (seconds, rough) => {
    expect(roughSeconds(seconds)).toBe(rough);
  });
});

describe('failingSteps', () => {
  const steps = [
    sampleStep({ key: 'network', state: 'succeeded' }),
    sampleStep({ key: 'web-1', state: 'failed' }),
  ];

  it('tells what failed while the rest still runs', () => {
    expect(
      failingSteps({ state: 'running', steps }).map(({ key }) => key),
    ).toEqual(['web-1']);
  });

  it('leaves the word to the operation once it says itself why it failed', () => {
    expect(failingSteps({ state: 'failed', steps })).toEqual([]);
    expect(
      failingSteps({
        state: 'running',
        steps,
        error: { code: 'forbidden', message: 'No.' },
      }),
    ).toEqual([]);
  });
});
