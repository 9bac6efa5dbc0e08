import {
  Cell,
  Column,
  List,
  ListRow,
  Row,
  Skeleton,
  TableBody,
  TableBodySkeleton,
  TableHeader,
  TableRoot,
  useBreakpoint,
  type SortDescriptor,
} from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './DataTable.module.css';

/** One column of a table, and one line of its row on a phone. */
export interface DataColumn<T> {
  id: string;
  label: string;
  cell: (item: T) => ReactNode;
  /** Exactly one column names the row to a screen reader. */
  isRowHeader?: boolean;
  isSortable?: boolean;
  /** Figures stand at the end of the line, one under the other. */
  isFigure?: boolean;
  /** Share of the table, such as `20%`; with it, tables of the same columns stand in line. */
  width?: string;
  /** Left out of the list that a phone shows. */
  isWideOnly?: boolean;
}

/**
 * A table, or a list of the same rows where there is no room for one (below 640 px).
 * While `items` is undefined it shows a skeleton of its final size.
 */
export function DataTable<T extends object>(props: {
  label: string;
  columns: readonly DataColumn<T>[];
  items: readonly T[] | undefined;
  /** Identity of a row; it stays the same while its values change. */
  rowId: (item: T) => string;
  /** Name of a row for type-ahead and screen readers. */
  rowText: (item: T) => string;
  sort?: SortDescriptor;
  onSortChange?: (sort: SortDescriptor) => void;
  empty?: ReactNode;
}) {
  const isPhone = useBreakpoint().breakpoint === 'initial';
  return isPhone ? <PhoneList {...props} /> : <WideTable {...props} />;
}

type DataTableProps<T extends object> = Parameters<typeof DataTable<T>>[0];

function WideTable<T extends object>(props: DataTableProps<T>) {
  const { columns, items, rowId, rowText } = props;
  return (
    <div className={styles.scroll}>
      <TableRoot
        aria-label={props.label}
        style={{
          tableLayout: columns.some(({ width }) => width) ? 'fixed' : 'auto',
        }}
        isPending={items === undefined}
        sortDescriptor={props.sort}
        onSortChange={props.onSortChange}
      >
        <TableHeader columns={columns}>
          {column => (
            <Column
              id={column.id}
              isRowHeader={column.isRowHeader}
              allowsSorting={column.isSortable}
              className={column.isFigure ? styles.figureHead : undefined}
              style={{ width: column.width }}
            >
              {column.label}
            </Column>
          )}
        </TableHeader>
        {items === undefined ? (
          <TableBodySkeleton columns={columns} />
        ) : (
          <TableBody
            items={items.map(item => ({ id: rowId(item), item }))}
            dependencies={[columns]}
            renderEmptyState={() => props.empty}
          >
            {({ id, item }) => (
              <Row id={id} columns={columns} textValue={rowText(item)}>
                {column => (
                  <Cell className={column.isFigure ? styles.figure : undefined}>
                    {column.cell(item)}
                  </Cell>
                )}
              </Row>
            )}
          </TableBody>
        )}
      </TableRoot>
    </div>
  );
}

const SKELETON_ROWS = ['a', 'b', 'c'];

function PhoneList<T extends object>(props: DataTableProps<T>) {
  const { columns, items, rowId, rowText } = props;
  const [header] = columns.filter(column => column.isRowHeader);
  const lines = columns.filter(
    column => column !== header && !column.isWideOnly,
  );
  if (items === undefined) {
    return (
      <div role="status" aria-label={props.label} className={styles.list}>
        {SKELETON_ROWS.map(row => (
          <Skeleton key={row} width="100%" height={96} />
        ))}
      </div>
    );
  }
  return (
    <List
      aria-label={props.label}
      className={styles.list}
      items={items.map(item => ({ id: rowId(item), item }))}
      renderEmptyState={() => props.empty}
    >
      {({ id, item }) => (
        <ListRow id={id} textValue={rowText(item)} className={styles.row}>
          <span className={styles.card}>
            <span className={styles.title}>{header.cell(item)}</span>
            {lines.map(column => (
              <span key={column.id} className={styles.line}>
                <span className={styles.lineLabel}>{column.label}</span>
                <span className={styles.lineValue}>{column.cell(item)}</span>
              </span>
            ))}
          </span>
        </ListRow>
      )}
    </List>
  );
}
