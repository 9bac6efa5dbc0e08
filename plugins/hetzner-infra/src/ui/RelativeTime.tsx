import { formatInstant, formatRelativeTime } from './format';
import { useLocale } from './useLocale';
import { useNow } from './useNow';

const TICK_MILLISECONDS = 10_000;

/** An instant (ISO 8601) as seen from now; the absolute one on hover, in the reader's time zone. */
export function RelativeTime({ at }: { at: string }) {
  const locale = useLocale();
  const now = useNow(TICK_MILLISECONDS);
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={formatInstant(locale, instant)}>
      {formatRelativeTime(locale, instant, now)}
    </time>
  );
}
