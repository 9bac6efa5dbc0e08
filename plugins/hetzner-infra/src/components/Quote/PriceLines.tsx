import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PriceLine } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { InstantsInText } from '../../ui/InstantsInText';
import { MonthlyMoney } from '../../ui/Money';
import { useLineInWords } from '../../words/useLineInWords';

/** What is paid for, with quantity, price a month and where the price comes from. */
export function PriceLines({ lines }: { lines: readonly PriceLine[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const inWords = useLineInWords();
  const columns: DataColumn<PriceLine>[] = [
    {
      id: 'description',
      label: t('quote.line.description'),
      isRowHeader: true,
      cell: line => inWords(line),
    },
    {
      id: 'quantity',
      label: t('quote.line.quantity'),
      isFigure: true,
      cell: ({ quantity, quantityMax }) =>
        quantityMax !== undefined && quantityMax !== quantity
          ? t('quote.line.range', {
              min: String(quantity),
              max: String(quantityMax),
            })
          : quantity,
    },
    {
      id: 'monthly',
      label: t('quote.line.monthly'),
      isFigure: true,
      cell: ({ monthly, hourly, currency }) => (
        <MonthlyMoney amount={monthly} hourly={hourly} currency={currency} />
      ),
    },
    {
      id: 'monthlyMax',
      label: t('quote.line.monthlyMax'),
      isFigure: true,
      cell: ({ monthlyMax, currency }) => (
        <MonthlyMoney amount={monthlyMax} currency={currency} />
      ),
    },
    {
      id: 'source',
      label: t('quote.line.source'),
      cell: ({ source }) => <InstantsInText text={source} />,
    },
  ];
  return (
    <DataTable
      label={t('quote.lines')}
      columns={columns}
      items={lines}
      rowId={({ key }) => key}
      rowText={inWords}
    />
  );
}
