import { useEffect } from 'react';

/** What has the focus, and where it stands when it is in a table. */
interface Place {
  element: Element;
  rows: HTMLTableSectionElement | null;
  index: number;
}

/**
 * Hands the focus on when what has it goes away, such as the button of a row that is restored: to the row that took its place, else
 * to the heading of the page. The browser would leave it nowhere, and the next Tab would begin at the top.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Place | null = null;
    const enter = ({ target }: FocusEvent) => {
      last = target instanceof Element ? placeOf(target) : null;
    };
    // Whoever turns away from something that is still there has left it.
    const exit = ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        if (target === last?.element && last?.element.isConnected) last = null;
      });
    const observer = new MutationObserver(() => {
      if (last === null || last.element.isConnected || document.activeElement !== document.body) return;
      heirOf(last)?.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', enter);
    document.addEventListener('focusout', exit);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', enter);
      document.removeEventListener('focusout', exit);
      observer.disconnect();
    };
  }, []);
}

function placeOf(element: Element): Place {
  const row = element.closest('tr');
  const rows = element.closest('tbody');
  return { element, rows, index: row && rows ? [...rows.rows].indexOf(row) : 0 };
}

function heirOf({ rows, index }: Place): HTMLElement | null {
  const left = rows?.isConnected ? [...rows.rows] : [];
  const row = left[Math.min(index, left.length - 1)];
  return row?.querySelector<HTMLElement>('a, button') ?? document.querySelector<HTMLElement>('main h1');
}
