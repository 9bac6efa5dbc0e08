import {
  minus,
  monthly,
  standingTotals,
  type Money,
  type Quote,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

type Monthly = { currency: string; monthly: Money };

/** What an environment costs a month in one currency, now and after a change, net. */
export interface MonthlyDifference {
  currency: string;
  now: Money;
  afterwards: Money;
  /** Negative when the change saves. */
  difference: Money;
}

/**
 * What stands now beside what would stand after the change of a quote. Pure. Parts that are priced
 * and not created count on neither side.
 */
export function priceDifferences(
  before: readonly Monthly[],
  quote: Quote,
): MonthlyDifference[] {
  const after = standingTotals(quote);
  const amountIn = (totals: readonly Monthly[], currency: string) =>
    totals.find(total => total.currency === currency)?.monthly ?? '0.00';
  const currencies = new Set(
    [...before, ...after].map(({ currency }) => currency),
  );
  return [...currencies].map(currency => {
    const now = amountIn(before, currency);
    const afterwards = amountIn(after, currency);
    return {
      currency,
      now,
      afterwards,
      difference: monthly(minus(afterwards, now)),
    };
  });
}
