import { mockCredentials } from '@backstage/backend-test-utils';
import { EventStreams } from './EventStreams';
import { streamAgeMs } from './eventStream';

const HOUR_MS = 3_600_000;

describe('streams of events', () => {
  it.each([
    ['never', undefined, HOUR_MS],
    ['in a minute', 60_000, 60_000],
    ['in a day', 24 * HOUR_MS, HOUR_MS],
    ['a while ago', -5, 0],
  ])('of a token that runs out %s last so long', (_, left, age) => {
    const now = new Date('2026-11-23T08:00:00Z');
    const expiresAt =
      left === undefined ? undefined : new Date(now.getTime() + left);
    expect(streamAgeMs(expiresAt, now)).toBe(age);
  });

  it('are fifty at once for one caller', async () => {
    const streams = new EventStreams();
    const ends: Array<() => void> = [];
    const open = (who: string) =>
      streams.within(
        mockCredentials.user(`user:default/${who}`),
        () => new Promise(resolve => ends.push(resolve)),
      );
    const first = open('ada');
    for (let n = 1; n < 50; n += 1) void open('ada');
    await expect(open('ada')).rejects.toMatchObject({
      statusCode: 429,
      message: expect.stringContaining('50 operations'),
    });
    void open('bo');
    expect(ends).toHaveLength(51);
    ends[0]();
    await first;
    void open('ada');
    expect(ends).toHaveLength(52);
    ends.forEach(end => end());
  });

  it('are given back when they fail', async () => {
    const streams = new EventStreams();
    for (let n = 0; n < 60; n += 1) {
      const failing = streams.within(mockCredentials.user(), async () => {
        throw new Error('broken');
      });
      await expect(failing).rejects.toThrow('broken');
    }
  });
});
