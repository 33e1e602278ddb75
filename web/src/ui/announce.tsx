import { store } from './store';

const spoken = store('');

/** Says something to those who hear the page instead of seeing it, such as the number of results. */
export function announce(text: string): void {
  // The same text twice is read twice only when it changes in between.
  spoken.set(spoken.get() === text ? `${text}\u00a0` : text);
}

/** The region that screen readers listen to; once in a page. */
export function Announcer() {
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {spoken.use()}
    </div>
  );
}
