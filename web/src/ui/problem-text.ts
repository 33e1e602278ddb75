import i18next from 'i18next';
import type { Problem } from '../api/problem';

/** What a problem is, and what to do about it. The server's words speak to programs too: where they do, the interface has its own. */
export function problemText(problem: Problem): { title: string; detail: string } {
  const text = (part: 'title' | 'detail') => {
    const key = `problem.of.${problem.code}.${part}`;
    return i18next.exists(key) ? i18next.t(key as 'problem.of.unknown.title') : (problem.document?.[part] ?? '');
  };
  return { title: text('title'), detail: text('detail') };
}
