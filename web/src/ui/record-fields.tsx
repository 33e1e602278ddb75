import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseDate, parseTime } from './dates';
import { type FieldProps, useCommon } from './fields';
import { useFormats } from './format';
import { nameParts, withName } from './names';

const DatePicker = lazy(() => import('./DatePicker'));

export function NumberField(props: FieldProps) {
  const { form, name } = props;
  return (
    <TextInput
      {...useCommon(props)}
      inputMode="numeric"
      value={form.values[name] ?? ''}
      onChange={(event) => form.set(name, event.currentTarget.value.trim())}
    />
  );
}

export function TextareaField(props: FieldProps) {
  const { form, name } = props;
  const { label: _, ...common } = useCommon(props);
  return (
    <Textarea
      {...common}
      label={props.label}
      rows={4}
      value={form.values[name] ?? ''}
      onChange={(event) => form.set(name, event.currentTarget.value)}
    />
  );
}

export function SelectField({ options, ...props }: FieldProps & { options: { value: string; label: string }[] }) {
  const { form, name } = props;
  return (
    <NativeSelect
      {...useCommon(props)}
      data={options}
      value={form.values[name] ?? ''}
      onChange={(event) => form.set(name, event.currentTarget.value)}
    />
  );
}

/** A text that is understood when the field is left: what was understood is shown, what was not stays as it was typed. */
function UnderstoodField({ parse, show, section, ...props }: FieldProps & Understood) {
  const { form, name } = props;
  const common = useCommon(props);
  const value = form.values[name] ?? '';
  const [typed, setTyped] = useState(() => show(value));
  useEffect(() => {
    setTyped((before) => ((parse(before) ?? before.trim()) === value ? before : show(value)));
  }, [value, parse, show]);
  const take = (text: string) => {
    setTyped(text);
    form.set(name, parse(text) ?? text.trim());
  };
  return (
    <TextInput
      {...common}
      inputMode="text"
      value={typed}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={() => {
        setTyped(show(value));
        common.onBlur();
      }}
      rightSection={section}
    />
  );
}

interface Understood {
  parse: (text: string) => string | null;
  /** The text of a value; of one that was not understood, itself. */
  show: (value: string) => string;
  section?: ReactNode;
}

/** A date, typed as people type it or picked from a calendar. */
export function DateField(props: FieldProps) {
  const { t } = useTranslation();
  const { date } = useFormats();
  const value = props.form.values[props.name] ?? '';
  const known = parseDate(value) === value && value !== '' ? value : null;
  return (
    <UnderstoodField
      {...props}
      description={props.description ?? t('field.date_hint')}
      parse={parseDate}
      show={(text) => (text !== '' && parseDate(text) === text ? date(text) : text)}
      section={
        <Suspense fallback={null}>
          <DatePicker
            label={t('field.pick_date', { field: props.label })}
            value={known}
            onPick={(day) => props.form.set(props.name, day)}
          />
        </Suspense>
      }
    />
  );
}

/** Seconds are shown when there are some. */
const shownTime = (text: string) => text.replace(/^(\d\d:\d\d):00(\.0+)?$/, '$1');

export function TimeField(props: FieldProps) {
  const { t } = useTranslation();
  return <UnderstoodField {...props} description={t('field.time_hint')} parse={parseTime} show={shownTime} />;
}

/** A person's name as DICOM writes it, entered as family and given name. */
export function NameField(props: FieldProps) {
  const { t } = useTranslation();
  const { form, name, label } = props;
  const { id, error, onBlur } = useCommon(props);
  const value = form.values[name] ?? '';
  const [{ family, given }, setTyped] = useState(() => nameParts(value));
  useEffect(() => {
    setTyped((before) => (withName(value, before.family, before.given) === value ? before : nameParts(value)));
  }, [value]);
  // What is typed is shown as it is: a name may go on after a space.
  const take = (typed: { family: string; given: string }) => {
    setTyped((before) => ({ ...before, ...typed }));
    form.set(name, withName(value, typed.family, typed.given));
  };
  return (
    <fieldset className="name-field">
      <legend>{label}</legend>
      <TextInput
        id={id}
        label={t('field.family_name')}
        autoComplete="off"
        error={error}
        value={family}
        onBlur={onBlur}
        onChange={(event) => take({ family: event.currentTarget.value, given })}
      />
      <TextInput
        id={`${id}-given`}
        label={t('field.given_name')}
        autoComplete="off"
        value={given}
        onBlur={onBlur}
        onChange={(event) => take({ family, given: event.currentTarget.value })}
      />
    </fieldset>
  );
}
