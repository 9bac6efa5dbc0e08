import fc from 'fast-check';
import { afterHours, instantOfLocalTime, localTime } from './expiry';

const anyMinute = fc
  .integer({ min: 0, max: 60_000_000 })
  .map(minutes => new Date(minutes * 60_000).toISOString());

describe('expiry', () => {
  it('is so many hours ahead, to the minute', () => {
    const now = Date.parse('2026-11-23T09:00:01Z');
    expect(afterHours(8, now)).toBe('2026-11-23T17:01:00.000Z');
  });

  it('is the same instant after it stood in an input', () => {
    fc.assert(
      fc.property(anyMinute, instant => {
        expect(instantOfLocalTime(localTime(instant))).toBe(instant);
      }),
    );
  });

  it.each(['', 'tomorrow'])('knows no instant of %p', text => {
    expect(instantOfLocalTime(text)).toBeUndefined();
  });

  it('leaves the input empty for what is no instant', () => {
    expect(localTime('soon')).toBe('');
  });
});
