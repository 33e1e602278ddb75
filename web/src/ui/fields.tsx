import { PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldFault, Form, Rule } from './form';
import { whenReleased } from './pointer';

/** What each kind of field is given. */
export interface FieldProps {
  form: Form;
  name: string;
  label: string;
  rule?: Rule | undefined;
  description?: string | undefined;
  autoComplete?: string | undefined;
  autoFocus?: boolean | undefined;
}

/** The sentence of a fault: it names the field and what is expected. */
export function useFaultText(): (label: string, fault: FieldFault) => string {
  const { t } = useTranslation();
  return (label, fault) => {
    if ('message' in fault) return t('invalid.message', { field: label, message: fault.message });
    return t(`invalid.${fault.key}`, { ...fault, field: label });
  };
}

/** What every input has of its field: its id, label, description, value and fault. */
export function useCommon({ form, name, label, rule, description, autoComplete, autoFocus }: FieldProps) {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const fault = form.faults[name];
  return {
    id: form.idOf(name),
    name,
    label: rule?.required ? t('form.required', { label }) : label,
    description,
    error: fault ? faultText(label, fault) : undefined,
    'aria-required': rule?.required || undefined,
    autoComplete: autoComplete ?? 'off',
    'data-autofocus': autoFocus || undefined,
    autoFocus,
    onBlur: () => whenReleased(() => form.check(name)),
  } as const;
}

export function TextField(props: FieldProps) {
  const { form, name } = props;
  return (
    <TextInput
      {...useCommon(props)}
      value={form.values[name] ?? ''}
      onChange={(event) => form.set(name, event.currentTarget.value)}
    />
  );
}

export function PasswordField(props: FieldProps) {
  const { t } = useTranslation();
  const { form, name } = props;
  return (
    <PasswordInput
      {...useCommon(props)}
      value={form.values[name] ?? ''}
      visibilityToggleButtonProps={{ 'aria-label': t('field.show_password'), tabIndex: 0 }}
      onChange={(event) => form.set(name, event.currentTarget.value.normalize('NFC'))}
    />
  );
}
