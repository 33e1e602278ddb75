import { useSyncExternalStore } from 'react';
import { type Language, preferred } from '../i18n';

/** What this browser remembers of its user's wishes. Nothing of a patient is ever kept. */
export interface Preferences {
  language: Language;
  /** Whether single keys (`/`, `n`, `e`, …) are shortcuts (WCAG 2.1.4). */
  shortcuts: boolean;
}

const key = 'patientele-preferences';
const listeners = new Set<() => void>();
let current = read();

function read(): Preferences {
  let kept: Partial<Preferences> = {};
  try {
    kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>;
  } catch {
    // What cannot be read is as good as nothing.
  }
  return { language: preferred(kept.language ?? null), shortcuts: kept.shortcuts !== false };
}

function tell(preferences: Preferences): void {
  current = preferences;
  for (const listener of listeners) listener();
}

addEventListener('storage', (event) => {
  if (event.key === key) tell(read());
});

export const preferences = {
  get: (): Preferences => current,
  set(change: Partial<Preferences>): void {
    tell({ ...current, ...change });
    localStorage.setItem(key, JSON.stringify(current));
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.subscribe, preferences.get);
}
