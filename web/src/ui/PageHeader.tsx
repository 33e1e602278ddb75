import { type ReactNode, useEffect } from 'react';

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
  return (
    <header className="page-header">
      <div>
        <h1 tabIndex={-1} id="page-title">
          {children}
        </h1>
        {detail && <div className="dimmed">{detail}</div>}
      </div>
      {actions && <div className="actions no-print">{actions}</div>}
    </header>
  );
}
