import { Skeleton } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What a page shows that has nothing to show: what is missing, and what to do about it. */
export function EmptyState({ icon, title, children }: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      {icon}
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** The outline of what is coming, once it has been awaited for 150 ms: what comes sooner does not flicker. */
export function Loading({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  const keys = Array.from({ length: lines }, (_, line) => `line ${line}`);
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{t('state.loading')}</span>
      {keys.map((key) => (
        <Skeleton key={key} height={18} />
      ))}
    </div>
  );
}
