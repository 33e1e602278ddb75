import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session';
import type { Role } from '../api/types';
import { ButtonLink } from '../ui/ButtonLink';
import { PageHeader } from '../ui/PageHeader';
import { EmptyState } from '../ui/states';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('problem.not_found')}>{t('problem.not_found')}</PageHeader>
      <EmptyState title={t('problem.not_found_detail')}>
        <ButtonLink to="/" variant="default">
          {t('nav.search')}
        </ButtonLink>
      </EmptyState>
    </>
  );
}

/** A page that broke. After an update of the server a part of the interface may be gone: a new start finds the new one. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  const outdated = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <div className="empty" role="alert">
      <p className="empty-title">{t(outdated ? 'app.updated' : 'app.broken')}</p>
      <Button onClick={() => location.reload()}>{t('app.reload')}</Button>
    </div>
  );
}

/** A page for those of a role; the others are told which one it takes. */
export function ForRole({ least, children }: { least: Role; children: ReactNode }) {
  const { t } = useTranslation();
  if (useMay(least)) return children;
  return (
    <>
      <PageHeader title={t('problem.forbidden')}>{t('problem.forbidden')}</PageHeader>
      <EmptyState title={t('problem.forbidden_detail', { role: t(`role.${least}`) })} />
    </>
  );
}
