import type { Values } from '../../ui/form';

/** A field that two people changed, or one of them. */
export interface Difference {
  name: string;
  /** What both began with. */
  base: string;
  mine: string;
  theirs: string;
  /** Both changed it, to different values: one must choose. */
  conflict: boolean;
}

/** What differs between my values and theirs, which both grew from the base. */
export function differences(names: string[], base: Values, mine: Values, theirs: Values): Difference[] {
  const all = names.map((name) => {
    const values = { base: base[name] ?? '', mine: mine[name] ?? '', theirs: theirs[name] ?? '' };
    const both = values.mine !== values.base && values.theirs !== values.base;
    return { name, ...values, conflict: both && values.mine !== values.theirs };
  });
  return all.filter(({ base: before, mine: one, theirs: other }) => one !== other || other !== before);
}

/** The values with each change of one side, and of the two where both changed the chosen one. */
export function merged(found: Difference[], theirs: Values, chosen: Record<string, 'mine' | 'theirs'>): Values {
  const values = { ...theirs };
  for (const { name, base, mine, conflict } of found) {
    const keepMine = conflict ? chosen[name] !== 'theirs' : mine !== base;
    if (keepMine) values[name] = mine;
  }
  return values;
}
