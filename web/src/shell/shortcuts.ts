import { useEffect, useRef } from 'react';
import { store } from '../ui/store';
import { preferences } from './preferences';

/** What a key does on the page that is shown. */
export interface Shortcut {
  /** `n`, `/`, `?`, `Escape`; `Ctrl+s` is Command on a Mac. */
  key: string;
  /** The key of its text in the catalogue's `shortcut`. */
  label: 'search' | 'new' | 'edit' | 'save' | 'close' | 'help' | 'back';
  run: () => void;
}

const active = store<readonly Shortcut[]>([]);

/** The shortcuts of the page, for the help. */
export const useActiveShortcuts = active.use;

/** Offers a shortcut as long as the component is shown; the latest of several for one key wins. */
export function useShortcut(key: string, label: Shortcut['label'], run: () => void, enabled = true): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!enabled) return;
    const shortcut: Shortcut = { key, label, run: () => latest.current() };
    active.set([...active.get(), shortcut]);
    return () => active.set(active.get().filter((other) => other !== shortcut));
  }, [key, label, enabled]);
}

/** Listens for keys; once in a page. */
export function useShortcuts(): void {
  useEffect(() => {
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (document.querySelector('dialog[open]') && !target?.closest('dialog')) return;
  const inDialog = target?.closest('dialog') != null;
  const control = event.ctrlKey || event.metaKey;
  const typing = target?.matches('input, textarea, select, [contenteditable]') ?? false;
  if (!control && !inDialog && moved(event, target, typing)) {
    event.preventDefault();
    return;
  }
  const single = event.key.length === 1 && !control;
  if (single && (typing || inDialog || !preferences.get().shortcuts)) return;
  const name = control ? `Ctrl+${event.key.toLowerCase()}` : event.key;
  const shortcut = active.get().findLast(({ key }) => key === name);
  if (!shortcut || (inDialog && !control)) return;
  event.preventDefault();
  shortcut.run();
}

/** Goes from row to row: with `j` and `k` from anywhere, with arrows from a row or from the search. */
function moved(event: KeyboardEvent, target: HTMLElement | null, typing: boolean): boolean {
  const letter = { j: 1, k: -1 }[event.key];
  if (letter && !typing && preferences.get().shortcuts) return moveAmongRows(letter);
  const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const fromRow = target?.matches('[data-row-link]') ?? false;
  if (!arrow || !(fromRow || target?.matches('[data-before-rows]'))) return false;
  if (moveAmongRows(arrow)) return true;
  const before = document.querySelector<HTMLElement>('[data-before-rows]');
  if (fromRow && arrow < 0) before?.focus();
  return fromRow && arrow < 0 && before !== null;
}

function moveAmongRows(step: number): boolean {
  const links = [...document.querySelectorAll<HTMLElement>('main [data-row-link]')];
  const at = document.activeElement instanceof HTMLElement ? links.indexOf(document.activeElement) : -1;
  if (at < 0 && step < 0) return false;
  const next = links[at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
