import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DocumentChange } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { usePlaceInWords } from '../../words/usePlaceInWords';
import styles from './DocumentChanges.module.css';

/** What differs between two documents: the place, the value before and the value after. */
export function DocumentChanges(props: {
  label: string;
  changes: readonly DocumentChange[];
  /** Whether all of it is new, so that there is no column of what was before. */
  isFirst?: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const placeOf = usePlaceInWords();
  const value = (text: string | undefined) =>
    text === undefined ? (
      <span className={styles.nothing}>{t('changes.notSet')}</span>
    ) : (
      <code className={styles.value}>{text}</code>
    );
  const columns: DataColumn<DocumentChange>[] = [
    {
      id: 'path',
      label: t('changes.path'),
      isRowHeader: true,
      width: props.isFirst ? '50%' : '40%',
      cell: ({ path }) => (
        <span className={styles.path} title={path}>
          {placeOf(path)}
        </span>
      ),
    },
    ...(props.isFirst
      ? []
      : [
          {
            id: 'from',
            label: t('changes.from'),
            width: '30%',
            cell: ({ from }: DocumentChange) => value(from),
          },
        ]),
    {
      id: 'to',
      label: t(props.isFirst ? 'changes.value' : 'changes.to'),
      cell: ({ to }) => value(to),
    },
  ];
  return (
    <DataTable
      label={props.label}
      columns={columns}
      items={props.changes}
      rowId={({ path }) => path}
      rowText={({ path }) => placeOf(path)}
    />
  );
}
