const MINUTE_MILLISECONDS = 60_000;
const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;

/** An instant so many hours after another (milliseconds since 1970), to the minute, as ISO 8601. */
export function afterHours(hours: number, now: number): string {
  const instant = now + hours * HOUR_MILLISECONDS;
  return new Date(
    Math.ceil(instant / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS,
  ).toISOString();
}

/** An instant (ISO 8601) in the reader's time zone, as an input of date and time holds it. */
export function localTime(instant: string): string {
  const date = new Date(instant);
  const local = date.getTime() - date.getTimezoneOffset() * MINUTE_MILLISECONDS;
  return Number.isNaN(local) ? '' : new Date(local).toISOString().slice(0, 16);
}

/** The instant (ISO 8601 in UTC) of what an input of date and time holds; undefined while it is incomplete. */
export function instantOfLocalTime(time: string): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
