import { type ReactNode, useEffect, useState } from 'react';

interface Props {
  summary: string;
  /** Whether something in it matters: then it opens by itself. It never folds under somebody's hands. */
  needed: boolean;
  className: string;
  children: ReactNode;
}

/** A part of a page that is folded away. */
export function Fold({ summary, needed, className, children }: Props) {
  const [open, setOpen] = useState(needed);
  useEffect(() => {
    if (needed) setOpen(true);
  }, [needed]);
  return (
    <details className={className} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
