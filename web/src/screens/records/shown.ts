import { useFormats } from '../../ui/format';
import { plainName } from '../../ui/names';
import type { FieldDefinition } from './definition';

/** The text of a form as one reads it: dates as the language writes them, codes as their names. */
export function useShown(): (field: FieldDefinition, text: string) => string {
  const { date, time } = useFormats();
  return (field, text) => {
    if (text === '') return '';
    if (field.kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(text)) return date(text);
    if (field.kind === 'time') return time(text);
    if (field.kind === 'person') return plainName(text);
    return field.options?.find(({ value }) => value === text)?.label ?? text;
  };
}
