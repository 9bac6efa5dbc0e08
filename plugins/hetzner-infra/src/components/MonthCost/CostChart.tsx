import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EnvironmentCost } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useMemo } from 'react';
import { hetznerInfraTranslationRef } from '../../translation';
import { formatMoney } from '../../ui/format';
import { StackedBars } from '../../ui/StackedBars';
import { useLocale } from '../../ui/useLocale';
import { byCurrency, digitsFor } from './costTable';
import { daysOf } from './months';
import { useLineInWords } from '../../words/useLineInWords';

/** Cost by day, the lines one on the other; one picture per currency. */
export function CostChart(props: { cost: EnvironmentCost; monthName: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const lineInWords = useLineInWords();
  const { cost, monthName } = props;
  const days = useMemo(() => daysOf(cost.month), [cost.month]);
  const dayName = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return (
    <>
      {byCurrency(cost.lines).map(([currency, lines]) => {
        const sum =
          cost.totals.find(of => of.currency === currency)?.total ?? '0';
        const money = (amount: string | number) =>
          formatMoney(locale, String(amount), currency, digitsFor(sum));
        return (
          <StackedBars
            key={currency}
            label={t('cost.chart', { month: monthName })}
            columns={days.map(day => ({
              full: dayName.format(Date.parse(`${day}T00:00:00Z`)),
              short: String(Number(day.slice(-2))),
            }))}
            series={lines.map(line => {
              const amounts = new Map(
                line.days.map(({ day, amount }) => [day, Number(amount)]),
              );
              return {
                key: line.key,
                label: lineInWords(line),
                values: days.map(day => amounts.get(day) ?? 0),
              };
            })}
            totals={{
              label: monthName,
              values: lines.map(({ total }) => money(total)),
              sum: money(sum),
            }}
            format={money}
            formatTick={money}
          />
        );
      })}
    </>
  );
}
