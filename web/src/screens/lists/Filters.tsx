import { Button, NativeSelect } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Fold } from '../../ui/Fold';
import { useForm } from '../../ui/form';
import { DateField } from '../../ui/record-fields';

interface SelectProps {
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  /** What the first choice says, when it is not all of them. */
  none?: string;
  onChange: (value: string | undefined) => void;
}

/** A filter with a few values; the first choice is all of them, unless it says otherwise. */
export function SelectFilter({ label, value = '', options, none, onChange }: SelectProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={label}
      value={value}
      data={[{ value: '', label: none ?? t('list.all') }, ...options]}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}

interface RangeProps {
  label: string;
  /** A day or a range `A..B`, as the contract writes it. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

const day = { format: 'date', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
const rules = { from: day, to: day };

/** A filter by days, from one to another; either may be left open. */
export function RangeFilter({ label, value, onChange }: RangeProps) {
  const { t } = useTranslation();
  const [from = '', to = from] = value?.split('..') ?? [];
  const form = useForm(rules, { from, to });
  const { from: first = '', to: last = '' } = form.values;
  useEffect(() => {
    const whole = [first, last].every((text) => text === '' || /^\d{4}-\d\d-\d\d$/.test(text));
    const range = first || last ? `${first}..${last}` : undefined;
    if (whole && !(first && last && first > last) && (first !== from || last !== to)) onChange(range);
  }, [first, last, from, to, onChange]);
  return (
    <fieldset className="range">
      <legend className="visually-hidden">{label}</legend>
      <DateField form={form} name="from" label={t('list.from', { label })} />
      <DateField form={form} name="to" label={t('list.to', { label })} />
    </fieldset>
  );
}

/** The filters of a list, folded away on narrow pages; none of them needs a button. */
export function Filters({
  active,
  onClear,
  children,
}: {
  active: boolean;
  onClear: () => void;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Fold className="filters card no-print" needed={active} summary={t('list.filters')}>
      <div className="filters-body">
        {children}
        {active && (
          <Button variant="subtle" onClick={onClear}>
            {t('list.clear_filters')}
          </Button>
        )}
      </div>
    </Fold>
  );
}
