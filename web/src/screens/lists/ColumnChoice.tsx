import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../ui/DataTable';

interface Props<T> {
  columns: Column<T>[];
  chosen: string[];
  onChange: (keys: string[]) => void;
}

/** Which columns are shown; the first one always is. */
export function ColumnChoice<T>({ columns, chosen, onChange }: Props<T>) {
  const { t } = useTranslation();
  const toggle = (key: string, on: boolean) =>
    onChange(
      columns.slice(1).flatMap((column) => ((column.key === key ? on : chosen.includes(column.key)) ? column.key : [])),
    );
  return (
    <details className="choice">
      <summary>{t('list.columns')}</summary>
      <div className="choice-body">
        {columns.slice(1).map(({ key, header }) => (
          <Checkbox
            key={key}
            label={header}
            checked={chosen.includes(key)}
            onChange={(event) => toggle(key, event.currentTarget.checked)}
          />
        ))}
      </div>
    </details>
  );
}
