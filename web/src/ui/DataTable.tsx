import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconDown, IconUp } from './icons';

export interface Column<T> {
  key: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** The key to sort by, when the list can be sorted by this column. */
  sort?: string;
  /** Numbers stand under one another. */
  numeric?: boolean;
  /** Takes the whole width of a card: long texts, and buttons. */
  wide?: boolean;
}

interface Props<T> {
  /** What the table lists; read aloud. */
  caption: string;
  /** The first column holds the link to the row. */
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string | number;
  /** The order, as the contract writes it: `name`, `-updated_at`. */
  sort?: string | undefined;
  onSort?: (sort: string) => void;
}

/** A table that becomes a list of cards on a narrow page. The link in a row's first cell has `data-row-link`: the keyboard
 * goes from one to the next (`shell/shortcuts.ts`). */
export function DataTable<T>({ caption, columns, rows, rowKey, sort, onSort }: Props<T>) {
  return (
    <div className="table-frame">
      <table className="data">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Header key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.key}
                    data-label={column.header}
                    data-numeric={column.numeric || undefined}
                    data-wide={column.wide || undefined}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Header<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}) {
  const { t } = useTranslation();
  const key = column.sort;
  if (!key || !onSort)
    return (
      <th scope="col" data-numeric={column.numeric || undefined}>
        {column.header}
      </th>
    );
  const order = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined;
  return (
    <th scope="col" aria-sort={order} data-numeric={column.numeric || undefined}>
      <button
        type="button"
        className="sort"
        onClick={() => onSort(order === 'ascending' ? `-${key}` : key)}
        title={t('table.sort')}
      >
        {column.header}
        {order === 'ascending' && <IconUp size={14} aria-hidden />}
        {order === 'descending' && <IconDown size={14} aria-hidden />}
      </button>
    </th>
  );
}
