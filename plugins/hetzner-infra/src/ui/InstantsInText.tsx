import { formatInstant } from './format';
import { useLocale } from './useLocale';

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** A sentence of the backend, with the instants (ISO 8601) in it as the reader writes them. */
export function InstantsInText({ text }: { text: string }) {
  const locale = useLocale();
  return (
    <>{text.replace(INSTANT, at => formatInstant(locale, Date.parse(at)))}</>
  );
}
