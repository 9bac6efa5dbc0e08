import type { LogLine } from '../../api/followedOperation';
import { heldBackBy } from './heldBackBy';

const line = (seq: number, until: string, code = 'rate-limited'): LogLine => ({
  seq,
  at: '2026-11-20T08:00:00Z',
  phrases: [{ code, params: { until }, text: `Slow until ${until}.` }],
});
const at = Date.parse('2026-11-20T08:05:00Z');

describe('heldBackBy', () => {
  it('is the last that was told', () => {
    const log = [
      line(1, '2026-11-20T08:06:00Z'),
      line(2, '2026-11-20T08:07:00Z'),
    ];
    expect(heldBackBy(log, at)?.params.until).toBe('2026-11-20T08:07:00Z');
  });

  it('is nothing when its time is over', () => {
    const log = [line(1, '2026-11-20T08:05:00Z')];
    expect(heldBackBy(log, at)).toBeUndefined();
  });

  it('is nothing else that the history tells', () => {
    const log: LogLine[] = [
      line(1, '2026-11-20T08:07:00Z', 'operation-continued'),
      { seq: 2, at: '2026-11-20T08:00:00Z', message: 'Created.' },
    ];
    expect(heldBackBy(log, at)).toBeUndefined();
  });
});
