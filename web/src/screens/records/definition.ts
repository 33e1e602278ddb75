import type { Rule, Values } from '../../ui/form';

/** How a field is entered and shown. */
export type Kind = 'text' | 'textarea' | 'date' | 'time' | 'number' | 'person' | 'codes' | 'select';

/** A field of a record: one description for the form, the conflict dialog and the history. */
export interface FieldDefinition {
  name: string;
  label: string;
  kind: Kind;
  rule: Rule;
  /** For `select`: its values, `''` being none. */
  options?: { value: string; label: string }[];
  /** Seldom needed: folded away until it is. */
  rare?: boolean;
  wide?: boolean;
  autoComplete?: string;
}

/** A record as JSON has it. */
export type Row = Record<string, unknown>;

/** The text of a value in a form. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

/** The texts of a form for a record. */
export function valuesOf(fields: FieldDefinition[], row: Row): Values {
  return Object.fromEntries(fields.map(({ name }) => [name, textOf(row[name])]));
}

/** The value that a text stands for; an empty one is none. */
export function valueFor(kind: Kind, text: string): unknown {
  if (kind === 'codes')
    return text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((code) => code.toUpperCase());
  const kept = text.trim();
  if (kept === '') return null;
  return kind === 'number' ? Number(kept) : kept;
}

/** The members to send: those whose text is another one than before. */
export function changes(fields: FieldDefinition[], before: Values, after: Values): Row {
  const changed = fields.filter(({ name }) => (before[name] ?? '') !== (after[name] ?? ''));
  return Object.fromEntries(changed.map(({ name, kind }) => [name, valueFor(kind, after[name] ?? '')]));
}

export const rulesOf = (fields: FieldDefinition[]) => Object.fromEntries(fields.map(({ name, rule }) => [name, rule]));
export const labelsOf = (fields: FieldDefinition[]) =>
  Object.fromEntries(fields.map(({ name, label }) => [name, label]));
