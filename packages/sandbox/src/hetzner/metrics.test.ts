import { ApiError } from './errors';
import { metricsQuery, sampled, samplePeriod } from './metrics';
import { parseInput } from './requestParsing';

const query = metricsQuery(['cpu', 'disk']);
const hour = { start: '2026-11-23T00:00:00Z', end: '2026-11-23T01:00:00Z' };
const SINCE = Date.parse(hour.start) / 1000;

describe('metrics', () => {
  it.each([
    ['cpu', ['cpu']],
    ['cpu,disk', ['cpu', 'disk']],
    [
      ['disk', 'cpu'],
      ['disk', 'cpu'],
    ],
  ])('are asked for by %j', (type, types) => {
    expect(parseInput(query, { type, ...hour }).type).toEqual(types);
  });

  it.each([
    {},
    { type: 'cpu' },
    { type: 'memory', ...hour },
    { type: 'cpu', ...hour, step: '0' },
    { type: 'cpu', ...hour, start: 'yesterday' },
  ])('are refused with %j', bad => {
    expect(() => parseInput(query, bad)).toThrow(ApiError);
  });

  it.each([
    [{}, 18],
    [{ step: 60 }, 60],
    [{ step: 1 }, 7.2],
  ])('have their step: %j', (more, step) => {
    expect(samplePeriod({ ...hour, ...more })).toEqual({
      since: SINCE,
      until: SINCE + 3600,
      step,
    });
  });

  it('need a period', () => {
    expect(() => samplePeriod({ start: hour.end, end: hour.start })).toThrow(
      'must be after start',
    );
  });

  it('are there from when the resource was made until now', () => {
    const { metrics } = sampled(
      { since: SINCE, until: SINCE + 3600, step: 600 },
      { created: (SINCE + 900) * 1000, now: (SINCE + 2500) * 1000 },
      ['cpu'],
      (_, at) => (at - SINCE) / 100,
    );
    expect(metrics).toEqual({
      start: '2026-11-23T00:00:00.000Z',
      end: '2026-11-23T01:00:00.000Z',
      step: 600,
      time_series: {
        cpu: {
          values: [
            [SINCE + 1200, '12'],
            [SINCE + 1800, '18'],
            [SINCE + 2400, '24'],
          ],
        },
      },
    });
  });
});
