import { useId, useMemo, useRef, useState } from 'react';
import type { Problem } from '../api/problem';
import type { Fault } from '../api/types';

/** What the contract says of a field that is written. */
export interface Rule {
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  format?: string;
}

/** Every value of a form is the text that stands in its field; an empty one is no value. */
export type Values = Record<string, string>;

/** Formats of which an example says what is expected. */
const explained = ['date', 'time', 'uid', 'codes'] as const;

/** A fault of a field: a key of the catalogue's `invalid` with its numbers, or a sentence of the server. */
export type FieldFault =
  | {
      key: 'required' | 'too_long' | 'too_short' | 'pattern' | (typeof explained)[number] | 'number' | 'range';
      [value: string]: unknown;
    }
  | { message: string };

export type Faults = Record<string, FieldFault>;

/** What is wrong with a text by the rule of its field; null when nothing is. */
export function faultOf(rule: Rule, text: string): FieldFault | null {
  if (text === '') return rule.required ? { key: 'required' } : null;
  const length = Array.from(text).length;
  if (rule.maxLength !== undefined && length > rule.maxLength) return { key: 'too_long', max: rule.maxLength, length };
  if (rule.minLength !== undefined && length < rule.minLength) return { key: 'too_short', min: rule.minLength };
  if (rule.minimum !== undefined || rule.maximum !== undefined) return numberFault(rule, text);
  if (rule.enum && !rule.enum.includes(text)) return { key: 'pattern' };
  if (rule.pattern && !new RegExp(rule.pattern, 'u').test(text))
    return { key: explained.find((format) => format === rule.format) ?? 'pattern' };
  return null;
}

function numberFault({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Rule, text: string): FieldFault | null {
  if (!/^-?\d+$/.test(text)) return { key: 'number' };
  const value = Number(text);
  return value < minimum || value > maximum ? { key: 'range', min: minimum, max: maximum } : null;
}

/** The server's faults by field: the first of each, by the first part of its pointer. */
export function faultsOfProblem(problem: Problem): { fields: Faults; others: Fault[] } {
  const fields: Faults = {};
  const others: Fault[] = [];
  for (const fault of problem.faults) {
    const field = fault.pointer?.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!field) others.push(fault);
    else fields[field] ??= { message: fault.message };
  }
  return { fields, others };
}

export interface Form {
  /** The id of a field's input; two forms may have a field of one name. */
  idOf: (name: string) => string;
  values: Values;
  faults: Faults;
  /** Whether it was to be saved and was not: its faults are summed up then, and not while it is still filled in. */
  refused: boolean;
  /** Whether anything differs from what was there. */
  dirty: boolean;
  set: (name: string, value: string) => void;
  /** Checks one field when it is left. */
  check: (name: string) => void;
  /** Checks all; true when nothing is wrong, else the first faulty field has the focus. */
  valid: () => boolean;
  /** Shows faults and focuses the first faulty field. */
  show: (faults: Faults) => void;
  /** Starts over from other values: nothing is changed then. */
  reset: (values: Values) => void;
}

/** The state of a form over the rules of its fields, in the order in which they stand; their ids begin with `prefix`. */
export function useForm(rules: Record<string, Rule>, initial: Values, prefix?: string): Form {
  const own = useId();
  const idOf = (name: string) => `${prefix ?? own}${name}`;
  const [start, setStart] = useState(initial);
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<Faults>({});
  const [refused, setRefused] = useState(false);
  const latest = useRef(values);
  latest.current = values;
  const faultAt = (name: string) => faultOf(rules[name] ?? {}, latest.current[name] ?? '');
  const show = (found: Faults) => {
    setFaults(found);
    setRefused(Object.keys(found).length > 0);
    const first = Object.keys(rules).find((name) => found[name]) ?? Object.keys(found)[0];
    if (first) requestAnimationFrame(() => focusField(idOf(first)));
  };
  return {
    idOf,
    values,
    faults,
    refused,
    dirty: useMemo(() => Object.keys(values).some((name) => values[name] !== (start[name] ?? '')), [values, start]),
    set: (name, value) => {
      latest.current = { ...latest.current, [name]: value };
      setValues(latest.current);
      if (faults[name]) setFaults(({ [name]: _, ...others }) => others);
    },
    check: (name) => {
      const fault = latest.current[name] === '' ? null : faultAt(name);
      // What stands there already stays until the value is changed; a fault that stays keeps its place in the summary.
      if (fault) setFaults((known) => ({ ...known, [name]: fault }));
    },
    valid: () => {
      const found: Faults = {};
      for (const name of Object.keys(rules)) {
        const fault = faultAt(name);
        if (fault) found[name] = fault;
      }
      show(found);
      return Object.keys(found).length === 0;
    },
    show,
    reset: (next) => {
      setStart(next);
      setValues(next);
      setFaults({});
      setRefused(false);
    },
  };
}

export function focusField(id: string): void {
  const input = document.getElementById(id);
  input?.focus();
  input?.scrollIntoView({ block: 'center' });
}
