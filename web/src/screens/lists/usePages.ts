import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRemembered } from '../../shell/remembered';

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
  total?: number;
  total_relation?: 'eq' | 'gte';
}

export type Fetch<T> = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;

/** What a page of a list is asked with, beside its order and filters. */
export const pageQuery = <T extends object>(wishes: T, cursor: string | undefined) => ({
  limit: 50,
  count: 'bounded' as const,
  ...wishes,
  ...(cursor ? { cursor } : {}),
});

/** Pages that are walked through to reach one whose beginning is not known, as when an address is opened anew. */
const longestWalk = 50;

/**
 * One page of a list. Its number stands in the address; where pages begin stands in the history's state, since a cursor holds
 * values of a row, such as a name.
 */
export function usePages<T>(key: readonly unknown[], page: number, fetch: Fetch<T>) {
  const [{ cursors: known = [] }] = useRemembered();
  const { data, ...query } = useQuery({
    queryKey: [...key, page],
    queryFn: ({ signal }) => walk(known.slice(0, page - 1), page, fetch, signal),
    placeholderData: keepPreviousData,
  });
  const cursors = data?.cursors ?? [];
  // The page that there is, where the address names one that there is not.
  return { ...query, rows: data?.page, page: cursors.length + 1, cursors };
}

/** The page of that number, and where it and those before it begin; the last there is when there are fewer. */
export async function walk<T>(known: string[], page: number, fetch: Fetch<T>, signal: AbortSignal) {
  const cursors = [...known];
  let at = await fetch(cursors.at(-1), signal);
  while (cursors.length < Math.min(page, longestWalk) - 1 && at.next_cursor) {
    cursors.push(at.next_cursor);
    at = await fetch(at.next_cursor, signal);
  }
  return { page: at, cursors };
}
