import { lazy, Suspense } from 'react';
import { session } from '../api/session';
import { withMore } from '../i18n';
import { store } from '../ui/store';

const RecoveryCodes = lazy(() => withMore(import('../screens/account/RecoveryCodes')));

interface Shown {
  codes: string[];
  kept: () => void;
}

const shown = store<Shown | null>(null);
session.onForget(() => shown.set(null));

/**
 * Shows recovery codes, which are told this once, until the person says that they are kept. They belong to no page: what asked
 * for them may be gone before that, as when the server has noticed that a duty is done.
 */
export function keepCodes(codes: string[]): Promise<void> {
  return new Promise((kept) => shown.set({ codes, kept }));
}

/** Where recovery codes show; once in a page. */
export function KeptCodes() {
  const now = shown.use();
  if (!now) return null;
  const close = () => {
    shown.set(null);
    now.kept();
  };
  return (
    <Suspense>
      <RecoveryCodes codes={now.codes} onClose={close} />
    </Suspense>
  );
}
