import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Fold } from '../../ui/Fold';
import { type Faults, useForm, type Values } from '../../ui/form';
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

/**
 * A filter by days, from one to another; either may be left open. What is typed is reported once it is whole; what the address says
 * otherwise, as after a step back, is shown.
 */
export function RangeFilter({ label, value, onChange }: RangeProps) {
  const { t } = useTranslation();
  const [from = '', to = from] = value?.split('..') ?? [];
  const form = useForm(rules, { from, to });
  const known = useRef(value);
  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    form.reset({ from, to });
  });
  const set = (name: string, text: string) => {
    form.set(name, text);
    const range = rangeOf({ ...form.values, [name]: text });
    if (range === null || range === (value ?? '')) return;
    known.current = range || undefined;
    onChange(known.current);
  };
  const { from: first = '', to: last = '' } = form.values;
  const reversed: Faults = isReversed(first, last) ? { to: { message: t('list.reversed') } } : {};
  const shown = { ...form, set, faults: { ...form.faults, ...reversed } };
  return (
    <fieldset className="range">
      <legend className="visually-hidden">{label}</legend>
      <DateField form={shown} name="from" label={t('list.from', { label })} />
      <DateField form={shown} name="to" label={t('list.to', { label })} />
    </fieldset>
  );
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);
const isReversed = (first: string, last: string) => isDay(first) && isDay(last) && first > last;

/** The range of two days as the address has it, `''` when neither is given; null as long as it is none. */
function rangeOf({ from = '', to = '' }: Values): string | null {
  const whole = [from, to].every((text) => text === '' || isDay(text));
  if (!whole || isReversed(from, to)) return null;
  return from || to ? `${from}..${to}` : '';
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
