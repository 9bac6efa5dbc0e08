import { ActionDurations } from './ActionDurations';
import type { Action } from './apiTypes';

const ended = (seconds: number, change: Partial<Action> = {}) =>
  ({
    command: 'create_server',
    status: 'success',
    started: '2026-01-01T00:00:00+00:00',
    finished: new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString(),
    ...change,
  } as Action);

describe('ActionDurations', () => {
  it('expects nothing of a command it has not seen', () => {
    expect(new ActionDurations().quietSeconds('create_server')).toBe(0);
  });

  it('goes by what is typical until it has seen one', () => {
    const durations = new ActionDurations({ create_server: 8 });
    expect(durations.quietSeconds('create_server')).toBe(7.2);
    durations.observe(ended(3));
    expect(durations.quietSeconds('create_server')).toBeCloseTo(1.7);
  });

  it('goes by the shortest of the last eight', () => {
    const durations = new ActionDurations();
    [5, 20, 30].forEach(seconds => durations.observe(ended(seconds)));
    // 0.9 × 5 s, less the second that the provider's times may be off.
    expect(durations.quietSeconds('create_server')).toBe(3.5);
    for (let n = 0; n < 8; n += 1) durations.observe(ended(20));
    expect(durations.quietSeconds('create_server')).toBe(17);
    expect(durations.quietSeconds('start_server')).toBe(0);
  });

  it('learns nothing from what failed or still runs', () => {
    const durations = new ActionDurations();
    durations.observe(ended(20, { status: 'error' }));
    durations.observe(ended(20, { status: 'running', finished: null }));
    expect(durations.quietSeconds('create_server')).toBe(0);
  });
});
