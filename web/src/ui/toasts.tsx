import { CloseButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from '../api/session';
import { BusyButton } from './BusyButton';
import { store } from './store';

/** How long a toast that can be undone stays, in milliseconds. */
const undoTime = 10_000;
const plainTime = 6_000;

interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'failed';
  undo?: () => Promise<void> | void;
}

const toasts = store<Toast[]>([]);
session.onForget(() => toasts.set([]));
let last = 0;

/** Tells that something was done, and offers to undo it for ten seconds when `undo` says how. */
export function toast(text: string, options: { kind?: Toast['kind']; undo?: () => Promise<void> | void } = {}): void {
  last += 1;
  toasts.set([...toasts.get().slice(-2), { id: last, text, kind: 'done', ...options }]);
}

function dismiss(id: number): void {
  toasts.set(toasts.get().filter((one) => one.id !== id));
}

/** Where toasts show; once in a page. Being a live region, it is read aloud without taking the focus. */
export function Toasts() {
  const shown = toasts.use();
  const { t } = useTranslation();
  return (
    <section className="toasts no-print" aria-label={t('toast.region')} aria-live="polite">
      {shown.map((one) => (
        <ToastView key={one.id} toast={one} />
      ))}
    </section>
  );
}

/** Stays while the pointer or the focus is on it: nobody has to be fast (WCAG 2.2.1). */
function ToastView({ toast: { id, text, kind, undo } }: { toast: Toast }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  const [busy, setBusy] = useState(false);
  const undone = useRef(false);
  useEffect(() => {
    if (held || busy) return;
    const timer = setTimeout(() => dismiss(id), undo ? undoTime : plainTime);
    return () => clearTimeout(timer);
  }, [id, undo, held, busy]);
  const run = async () => {
    if (!undo || undone.current) return;
    undone.current = true;
    setBusy(true);
    try {
      await undo();
    } finally {
      dismiss(id);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding it open is no action of its own
    <div
      className="toast"
      data-kind={kind}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{text}</p>
      {undo && (
        <BusyButton size="compact-sm" variant="white" busy={busy} onClick={run}>
          {t('toast.undo')}
        </BusyButton>
      )}
      <CloseButton size="sm" aria-label={t('action.close')} onClick={() => dismiss(id)} />
    </div>
  );
}
