import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  /** The heading of the page. */
  children: ReactNode;
  /** The title of the browser's tab; it names no patient, since browsers keep titles in their history. */
  title: string;
  /** What the page is about, in a line below. */
  detail?: ReactNode;
  /** Buttons, the most important one first. */
  actions?: ReactNode;
}

export function PageHeader({ children, title, detail, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Patientele`;
  }, [title]);
  const heading = useFocusOnNewPage();
  return (
    <header className="page-header">
      <div>
        <h1 tabIndex={-1} ref={heading}>
          {children}
        </h1>
        {detail && <div className="dimmed">{detail}</div>}
      </div>
      {actions && <div className="actions no-print">{actions}</div>}
    </header>
  );
}

/** The address of the page shown before; none when the first one opens. */
let shown: string | undefined;

/** On a new page the focus goes to its heading, so that it is read aloud and the next Tab goes into the page. */
function useFocusOnNewPage() {
  const heading = useRef<HTMLHeadingElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  useEffect(() => {
    if (path === undefined || path === shown) return;
    const isFirst = shown === undefined;
    shown = path;
    const active = document.activeElement;
    const chosen = active !== null && active.id !== 'content' && active.closest('main') !== null;
    if (!isFirst && !chosen) heading.current?.focus({ preventScroll: true });
  }, [path]);
  return heading;
}
