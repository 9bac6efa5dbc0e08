import { formatDuration, formatMoney, formatRelativeTime } from './format';

describe('formatMoney', () => {
  it.each([
    ['en', '49.2', 'EUR', undefined, '€49.20'],
    ['en', '1234.5', 'USD', undefined, '$1,234.50'],
    ['en', '0.0088', 'EUR', 4, '€0.0088'],
    ['fr', '49.20', 'EUR', undefined, '49,20\u00a0€'],
  ])('writes in %s %s %s', (locale, amount, currency, digits, expected) => {
    expect(formatMoney(locale, amount, currency, digits)).toBe(expected);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [-5_000, '0 s'],
    [42_400, '42 s'],
    [59_600, '1 m 0 s'],
    [102_000, '1 m 42 s'],
    [7_500_000, '2 h 5 m'],
  ])('writes %p ms as %p', (milliseconds, expected) => {
    expect(formatDuration(milliseconds)).toBe(expected);
  });
});

describe('formatRelativeTime', () => {
  const now = Date.parse('2026-11-20T08:00:00Z');
  it.each([
    ['2026-11-20T07:59:51Z', 'now'],
    ['2026-11-20T07:59:25Z', '30 seconds ago'],
    ['2026-11-20T08:00:45Z', 'in 40 seconds'],
    ['2026-11-20T07:58:01Z', '1 minute ago'],
    ['2026-11-20T05:00:00Z', '3 hours ago'],
    ['2026-11-19T08:00:00Z', 'yesterday'],
    ['2026-11-18T07:00:00Z', '2 days ago'],
    ['2026-10-31T08:00:00Z', '2 weeks ago'],
    ['2024-11-19T08:00:00Z', '2 years ago'],
    ['2026-11-20T10:30:00Z', 'in 2 hours'],
  ])('writes %s as %p', (at, expected) => {
    expect(formatRelativeTime('en', Date.parse(at), now)).toBe(expected);
  });
});
