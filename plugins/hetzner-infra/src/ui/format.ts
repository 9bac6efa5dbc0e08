/**
 * An amount in the reader's way of writing, such as `€49.20`.
 * `amount` is a net decimal string; the figure is for reading and is never calculated with.
 */
export function formatMoney(
  locale: string,
  amount: string,
  currency: string,
  fractionDigits = 2,
): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  }).format(Number(amount));
}

/** A span in at most two units, such as `42 s`, `1 m 42 s` or `2 h 5 m`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return `${hours} h ${minutes % 60} m`;
  if (minutes > 0) return `${minutes} m ${seconds % 60} s`;
  return `${seconds} s`;
}

const RELATIVE_UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Grain of what is less than a minute away: no figure changes each second beside what is read. */
const FINEST_SECONDS = 10;

/** How long ago, or in how long, in the largest unit that fits; less than ten seconds is `now`. */
export function formatRelativeTime(
  locale: string,
  at: number,
  now: number,
): string {
  const seconds = (at - now) / 1_000;
  const [unit, size] = RELATIVE_UNITS.find(
    ([, length]) => Math.abs(seconds) >= length,
  ) ?? ['second', FINEST_SECONDS];
  const count = Math.trunc(seconds / size);
  return new Intl.RelativeTimeFormat(locale, {
    numeric: 'auto',
  }).format(unit === 'second' ? count * FINEST_SECONDS : count, unit);
}

/** An instant in the reader's time zone, which it names. */
export function formatInstant(locale: string, at: number): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'long',
  }).format(at);
}
