import { mergeSteps, type PlacedStep } from './mergeSteps';
import type { Aim, PlannedStep } from './operation';

const now = new Date('2026-11-23T08:00:00.000Z');
const apply: Aim = { kind: 'apply', revision: 1 };
const asked = { goal: 'apply' as const, revision: 1, aim: apply };
const undoing = { ...asked, aim: { kind: 'remove' } as Aim };

const planned = (
  key: string,
  change: PlannedStep['change'] = 'create',
): PlannedStep => ({ key, kind: 'server', change, title: `${change} ${key}` });

const row = (
  key: string,
  position: number,
  overrides: Partial<PlacedStep> = {},
): PlacedStep => ({
  id: `id-${key}`,
  key,
  kind: 'server',
  change: 'create',
  title: `create ${key}`,
  state: 'waiting',
  attempts: 0,
  position,
  ...overrides,
});

describe('mergeSteps', () => {
  it('adds what is new, in the order of the plan, behind what there is', () => {
    const { added, changed } = mergeSteps(
      asked,
      [row('network', 0)],
      [planned('network'), planned('web-1'), planned('web-2')],
      now,
    );
    expect(added.map(s => [s.key, s.position])).toEqual([
      ['web-1', 1],
      ['web-2', 2],
    ]);
    expect(changed).toEqual([]);
  });

  it('takes two changes with one key for one step', () => {
    const { added } = mergeSteps(
      asked,
      [],
      [planned('web-1', 'remove'), planned('web-1', 'remove')],
      now,
    );
    expect(added).toHaveLength(1);
  });

  it('keeps what has ended and is planned no more', () => {
    const rows = [
      row('network', 0, { state: 'succeeded' }),
      row('web-1', 1, { state: 'failed' }),
    ];
    expect(mergeSteps(asked, rows, [], now)).toEqual({
      added: [],
      changed: [],
    });
  });

  it('lets what has ended wait again when it is planned again', () => {
    const failed = row('web-1', 4, {
      state: 'failed',
      attempts: 1,
      error: { code: 'locked', message: 'web-1 is locked.' },
      finishedAt: now,
    });
    const { changed } = mergeSteps(asked, [failed], [planned('web-1')], now);
    expect(changed).toEqual([row('web-1', 4, { attempts: 1 })]);
  });

  it('leaves what runs alone', () => {
    const running = row('web-1', 0, { state: 'running', progress: 40 });
    expect(
      mergeSteps(asked, [running], [planned('web-1')], now).changed,
    ).toEqual([]);
  });

  it('counts as done what ran and is there now', () => {
    const running = row('web-1', 0, { state: 'running', progress: 40 });
    expect(mergeSteps(asked, [running], [], now).changed).toEqual([
      { ...running, state: 'succeeded', progress: 100, finishedAt: now },
    ]);
  });

  it('skips what waits, and what ran for another aim', () => {
    const running = row('web-1', 0, { state: 'running', progress: 40 });
    const waiting = row('web-2', 1);
    expect(mergeSteps(asked, [waiting], [], now).changed).toEqual([
      { ...waiting, state: 'skipped', finishedAt: now },
    ]);
    expect(
      mergeSteps(undoing, [running, waiting], [planned('web-1', 'remove')], now)
        .changed,
    ).toEqual([
      { ...running, state: 'skipped', finishedAt: now },
      { ...waiting, state: 'skipped', finishedAt: now },
    ]);
  });

  it('counts a removal as done when what it removed is gone', () => {
    const running = row('web-1', 0, { change: 'remove', state: 'running' });
    expect(mergeSteps(undoing, [running], [], now).changed[0].state).toBe(
      'succeeded',
    );
  });
});
