import { Button, NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { replaces } from '../../api/problem';
import { useRemembered } from '../../shell/remembered';
import { announce } from '../../ui/announce';
import { type Column, DataTable } from '../../ui/DataTable';
import { useFormats } from '../../ui/format';
import { IconLeft, IconRight } from '../../ui/icons';
import { ProblemView } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import type { ListSearch } from '../params';
import { ColumnChoice } from './ColumnChoice';
import { type Fetch, usePages } from './usePages';

interface Props<T> {
  /** What is listed; read aloud and the key of the cache. */
  caption: string;
  cacheKey: readonly unknown[];
  columns: Column<T>[];
  /** The keys of the columns that are shown unless others are chosen. */
  usual: string[];
  search: ListSearch;
  /** The order unless another is chosen. */
  order: string;
  fetch: Fetch<T>;
  empty: ReactNode;
  tools?: ReactNode;
}

/** The columns of a list that shows its first one alone. */
const none = 'none';

/** A list in pages: its order, filters, columns and page stand in the address. */
export function ListView<T extends { id: number }>(props: Props<T>) {
  const { caption, cacheKey, columns, usual, search, order, fetch, empty, tools } = props;
  const { t } = useTranslation();
  const { number } = useFormats();
  const { rows, page, cursors, error, refetch, isPlaceholderData } = usePages(cacheKey, search.page ?? 1, fetch);
  const change = useChange();
  const chosen = search.columns?.split(',') ?? usual;
  const shown = columns.filter(({ key }, index) => index === 0 || chosen.includes(key));
  const total = rows?.total;
  const count =
    total === undefined
      ? ''
      : t(rows?.total_relation === 'gte' ? 'search.at_least' : 'search.results', {
          count: total,
          formatted: number(total),
        });
  useEffect(() => {
    if (count && !isPlaceholderData) announce(count);
  }, [count, isPlaceholderData]);
  if (replaces(error, rows)) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!rows) return <Loading lines={12} />;
  return (
    <section aria-label={caption} aria-busy={isPlaceholderData}>
      <div className="list-tools no-print">
        <p className="dimmed">{count}</p>
        <div className="actions">
          {tools}
          <SortChoice
            columns={columns}
            sort={search.sort ?? order}
            onChange={(sort) => change({ ...search, sort, page: 1 })}
          />
          <ColumnChoice
            columns={columns}
            chosen={chosen}
            onChange={(keys) => change({ ...search, columns: keys.join(',') || none })}
          />
        </div>
      </div>
      {rows.items.length === 0 ? (
        empty
      ) : (
        <DataTable
          caption={caption}
          columns={shown}
          rows={rows.items}
          rowKey={({ id }) => id}
          sort={search.sort ?? order}
          onSort={(sort) => change({ ...search, sort, page: 1 })}
        />
      )}
      <nav className="pages no-print" aria-label={t('list.pages')}>
        {page > 1 && (
          <Button
            variant="default"
            leftSection={<IconLeft size={18} aria-hidden />}
            onClick={() => change({ ...search, page: page - 1 }, cursors.slice(0, -1))}
          >
            {t('action.previous')}
          </Button>
        )}
        {(page > 1 || rows.next_cursor) && <span className="dimmed">{t('list.page', { page })}</span>}
        {rows.next_cursor && (
          <Button
            variant="default"
            rightSection={<IconRight size={18} aria-hidden />}
            onClick={() => change({ ...search, page: page + 1 }, [...cursors, rows.next_cursor ?? ''])}
          >
            {t('action.next')}
          </Button>
        )}
      </nav>
    </section>
  );
}

/** The order, where cards have no heads of columns to sort by. */
function SortChoice<T>({
  columns,
  sort,
  onChange,
}: {
  columns: Column<T>[];
  sort: string;
  onChange: (sort: string) => void;
}) {
  const { t } = useTranslation();
  const options = columns.flatMap(({ sort: key, header }) =>
    key
      ? [
          { value: key, label: t('list.ascending', { header }) },
          { value: `-${key}`, label: t('list.descending', { header }) },
        ]
      : [],
  );
  if (options.length === 0) return null;
  return (
    <NativeSelect
      className="sort-choice"
      aria-label={t('table.sort')}
      value={sort}
      data={options}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Shows the list otherwise: with other filters, another order or page. What is usual is left out of the address. */
export function useChange() {
  const navigate = useNavigate();
  const [, remember] = useRemembered();
  return (search: ListSearch, cursors: string[] = []) => {
    const kept = Object.entries(search).filter(
      ([name, value]) => value !== undefined && value !== '' && !(name === 'page' && value === 1),
    );
    void navigate({ to: '.', search: Object.fromEntries(kept), state: remember({ cursors }) });
  };
}
