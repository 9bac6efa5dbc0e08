import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EnvironmentCost } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { formatMoney } from '../../ui/format';
import { InstantsInText } from '../../ui/InstantsInText';
import { useLocale } from '../../ui/useLocale';
import { digitsFor } from './costTable';
import { useLineInWords } from '../../words/useLineInWords';

type Line = EnvironmentCost['lines'][number];

/** The same as the picture in words and figures. */
export function CostTable(props: { cost: EnvironmentCost; isOver: boolean }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const lineInWords = useLineInWords();
  const { cost, isOver } = props;
  const columns: DataColumn<Line>[] = [
    {
      id: 'line',
      label: t('cost.columns.line'),
      isRowHeader: true,
      cell: line => lineInWords(line),
    },
    {
      id: 'days',
      label: t('cost.columns.days'),
      isFigure: true,
      cell: ({ days }) => days.length,
    },
    {
      id: 'total',
      label: isOver ? t('cost.total') : t('cost.soFar'),
      isFigure: true,
      cell: ({ total, currency }) =>
        formatMoney(
          locale,
          total,
          currency,
          digitsFor(
            cost.totals.find(of => of.currency === currency)?.total ?? '0',
          ),
        ),
    },
    ...(isOver
      ? []
      : [
          {
            id: 'forecast',
            label: t('cost.columns.forecast'),
            isFigure: true,
            cell: ({ forecast, currency }: Line) =>
              formatMoney(locale, forecast, currency),
          },
        ]),
    {
      id: 'source',
      label: t('cost.columns.source'),
      isWideOnly: true,
      cell: ({ source }) => <InstantsInText text={source} />,
    },
  ];
  return (
    <DataTable
      label={t('cost.table')}
      columns={columns}
      items={cost.lines}
      rowId={({ key, currency }) => `${currency} ${key}`}
      rowText={({ description }) => description}
    />
  );
}
