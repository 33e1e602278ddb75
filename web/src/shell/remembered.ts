import { type HistoryState, useLocation } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useSession } from '../api/session';

/** What a page remembers outside its address, since it may be personal. */
export interface Remembered {
  /** What is searched. */
  q?: string;
  /** Where each page of a list begins. */
  cursors?: string[];
}

/** What the entry of the history remembers of the account that is signed in, and how the next one remembers something of it. */
export function useRemembered(): [Remembered, (remembered: Remembered) => HistoryState] {
  const owner = useSession().user?.id;
  const state = useLocation({ select: (location) => location.state });
  const remember = useCallback(
    (remembered: Remembered): HistoryState => (owner === undefined ? {} : { ...remembered, owner }),
    [owner],
  );
  return [owner !== undefined && state.owner === owner ? state : {}, remember];
}
