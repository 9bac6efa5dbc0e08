import { daysOf, monthAfter, monthOf, readMonth } from './months';

it('reads months in UTC', () => {
  expect(monthOf('2026-11-30T23:30:00-02:00')).toBe('2026-12');
  expect(readMonth('2026-02')).toBe('2026-02');
  expect(readMonth('2026-13')).toBeUndefined();
  expect(readMonth('yesterday')).toBeUndefined();
  expect(readMonth(undefined)).toBeUndefined();
});

it('steps over the end of a year', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
});

it('knows the days of every month', () => {
  expect(daysOf('2026-11')).toHaveLength(30);
  expect(daysOf('2028-02').at(-1)).toBe('2028-02-29');
  expect(daysOf('2026-12')[0]).toBe('2026-12-01');
});
