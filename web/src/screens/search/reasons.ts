import type { Match } from '../../api/types';
import { wordsOf } from '../../ui/fold';

/** The words to mark in fields: those that were typed, and the whole words that sounded or looked alike. */
export function searchedWords(typed: string, matched: Match[], fields: string[]): string[] {
  const here = matched.filter((match) => fields.includes(match.field));
  if (here.length === 0) return [];
  const literal = wordsOf(typed);
  const alike = here.filter((match) => !['exact', 'prefix', 'range'].includes(match.kind));
  return [...literal, ...alike.flatMap((match) => wordsOf(match.value))];
}

/** What matched besides the fields that are shown anyway, each field once. */
export function reasons(matched: Match[], shown: string[]): Match[] {
  const others = matched.filter((match) => !shown.includes(match.field));
  return [...new Map(others.map((match) => [match.field, match])).values()];
}
