import { Checkbox } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../ui/DataTable';

interface Props<T> {
  columns: Column<T>[];
  chosen: string[];
  onChange: (keys: string[]) => void;
}

/** Which columns are shown; the first one always is. It lies over the list, so it closes when something else is turned to. */
export function ColumnChoice<T>({ columns, chosen, onChange }: Props<T>) {
  const { t } = useTranslation();
  const choice = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const turn = ({ target }: Event) => {
      if (choice.current && target instanceof Node && !choice.current.contains(target)) choice.current.open = false;
    };
    const turns = ['pointerdown', 'focusin'] as const;
    for (const one of turns) document.addEventListener(one, turn);
    return () => {
      for (const one of turns) document.removeEventListener(one, turn);
    };
  }, []);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !choice.current?.open) return;
    event.stopPropagation();
    choice.current.open = false;
    choice.current.querySelector('summary')?.focus();
  };
  const toggle = (key: string, on: boolean) =>
    onChange(
      columns.slice(1).flatMap((column) => ((column.key === key ? on : chosen.includes(column.key)) ? column.key : [])),
    );
  return (
    <details className="choice" ref={choice} onKeyDown={leave}>
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
