/** The calendar month (YYYY-MM, UTC) of an instant (ISO 8601). */
export function monthOf(instant: string): string {
  return new Date(instant).toISOString().slice(0, 7);
}

/** The month some months later, or earlier with a negative number. */
export function monthAfter(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1))
    .toISOString()
    .slice(0, 7);
}

/** The days of a month as YYYY-MM-DD. */
export function daysOf(month: string): string[] {
  const [year, number] = month.split('-').map(Number);
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from(
    { length },
    (_, day) => `${month}-${String(day + 1).padStart(2, '0')}`,
  );
}

/** A month (YYYY-MM) that an address names, as far as it is one. */
export function readMonth(text: string | undefined): string | undefined {
  return text && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;
}
