import type { EnvironmentCost } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** A month's cost as CSV (RFC 4180): a row for each line and day, amounts net and not rounded. */
export function costAsCsv({
  environment,
  lines,
}: Pick<EnvironmentCost, 'environment' | 'lines'>): string {
  const rows = lines.flatMap(({ key, description, currency, source, days }) =>
    days.map(({ day, amount }) => [
      environment,
      day,
      key,
      description,
      amount,
      currency,
      source,
    ]),
  );
  return [
    [
      'environment',
      'day',
      'line',
      'description',
      'amount',
      'currency',
      'source',
    ],
    ...rows,
  ]
    .map(row => `${row.map(quoted).join(',')}\r\n`)
    .join('');
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Digits with which the parts of a total are told apart: the first hours of an environment cost less than a cent. */
export function digitsFor(total: string): number {
  return Number(total) < 1 ? 4 : 2;
}

/** The lines of one currency; amounts in different currencies never stand in one picture. */
export function byCurrency(
  lines: EnvironmentCost['lines'],
): [currency: string, lines: EnvironmentCost['lines']][] {
  const currencies = [...new Set(lines.map(({ currency }) => currency))];
  return currencies.map(currency => [
    currency,
    lines.filter(line => line.currency === currency),
  ]);
}
