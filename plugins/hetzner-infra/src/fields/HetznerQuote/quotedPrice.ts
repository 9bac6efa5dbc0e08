import type { Quote } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** The price that somebody saw, as the field's value; empty before the first quote. */
export interface QuotedPrice {
  /** Net decimal string in the provider's currency, at the smallest size. */
  monthly?: string;
  currency?: string;
  /** ISO 8601. */
  quotedAt?: string;
}

/** The price of a quote in the provider's currency, which a quote's totals begin with. */
export function quotedPrice(quote: Quote, quotedAt: string): QuotedPrice {
  const [total] = quote.totals;
  return total
    ? { monthly: total.monthly, currency: total.currency, quotedAt }
    : {};
}

/** Whether two quotes cost the same, whenever they were made. */
export function isSamePrice(a: QuotedPrice, b: QuotedPrice): boolean {
  return a.monthly === b.monthly && a.currency === b.currency;
}
