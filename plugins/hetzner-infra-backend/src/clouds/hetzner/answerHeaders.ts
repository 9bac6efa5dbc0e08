import type { RateReading } from '../RateBudget';
import type { Exchange } from './transport';

type Headers = Readonly<Record<string, string>>;

/** X-Correlation-Id, if it looks like one: it is shown to people. */
export function correlationIdOf(headers: Headers): string | undefined {
  const id = headers['x-correlation-id'];
  return id !== undefined && /^[0-9a-zA-Z-]{1,64}$/.test(id) ? id : undefined;
}

/** RateLimit-Reset, a Unix time in seconds: when the budget is full again. */
export function rateResetOf(headers: Headers): Date | undefined {
  const seconds = countOf(headers['ratelimit-reset']);
  return seconds === undefined ? undefined : new Date(seconds * 1000);
}

/** What an exchange says about the project's budget of requests. */
export function rateReadingOf(exchange: Exchange): RateReading | 'no-count' {
  if (exchange.kind === 'no-answer') {
    return 'no-count';
  }
  const { headers, status } = exchange;
  return {
    limit: countOf(headers['ratelimit-limit']),
    remaining: countOf(headers['ratelimit-remaining']),
    resetAt: rateResetOf(headers),
    refused: status === 429,
  };
}

function countOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,12}$/.test(header)
    ? Number(header)
    : undefined;
}
