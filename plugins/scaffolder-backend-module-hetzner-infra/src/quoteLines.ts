import type {
  PriceLine,
  Quote,
  QuotaLine,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** A net amount as people read it: `€55.58`. `amount` is a decimal string. */
export function moneyText(amount: string, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(
    // Decimal strings are formatted exactly; the type allows only literals.
    amount as `${number}`,
  );
}

function totalText({ currency, monthly, monthlyMax }: Quote['totals'][number]) {
  const most =
    monthlyMax === monthly
      ? ''
      : `, at most ${moneyText(monthlyMax, currency)} when the pools are full`;
  return `Price: ${moneyText(monthly, currency)} / month net${most}`;
}

function priceText(line: PriceLine): string {
  return `  ${line.description} × ${line.quantity}: ${moneyText(
    line.monthly,
    line.currency,
  )} / month (${line.source})`;
}

function quotaText({ name, used, after, limit }: QuotaLine): string {
  return `  ${name}: ${used ?? 'unknown'} → ${after} of ${limit ?? 'unknown'}`;
}

/** What a change adds to the bill; nothing when it adds nothing, or no price is known. */
function deltaText(amount: string, currency: string | undefined): string {
  const isNothing = Number(amount) === 0 || currency === undefined;
  const sign = amount.startsWith('-') ? '' : '+';
  return isNothing ? '' : ` (${sign}${moneyText(amount, currency)} / month)`;
}

/** A quote as lines for a log: price, plan, quota, and what speaks against it. */
export function quoteLines(quote: Quote): string[] {
  return [
    ...quote.totals.map(totalText),
    ...quote.lines.map(priceText),
    `Plan: ${quote.plan.length} ${
      quote.plan.length === 1 ? 'change' : 'changes'
    }`,
    ...quote.plan.map(
      ({ title, interrupts, monthlyDelta }) =>
        `  ${title}${deltaText(monthlyDelta, quote.totals[0]?.currency)}${
          interrupts ? `. Interrupts: ${interrupts}` : ''
        }`,
    ),
    ...(quote.quota.length > 0 ? ['Quota', ...quote.quota.map(quotaText)] : []),
    ...quote.warnings.map(
      ({ message, blocking }) =>
        `${blocking ? 'Would be refused' : 'Warning'}: ${message}`,
    ),
  ];
}
