import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session';
import { Dialog } from '../ui/Dialog';
import { Loading } from '../ui/states';
import { Choices } from './Choices';
import { useDuty } from './Duty';
import { SignInForm } from './SignIn';

/**
 * Lets nobody in who is not signed in, or whose account must see to something first. Those who are in already sign in again, or
 * see to it, over the page, which stays as it is.
 */
export function Gate({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { status, user } = useSession();
  const duty = useDuty();
  const free = duty === null;
  const account = user?.id ?? null;
  const [inside, setInside] = useState<number | null>(null);
  useEffect(() => {
    if (account === null || free) setInside(account);
  }, [account, free]);
  if (status === 'starting') return <Loading />;
  if (status === 'signed-out') {
    return (
      <Door title={t('sign_in.title')} text={t('sign_in.tagline')}>
        <SignInForm />
      </Door>
    );
  }
  if (duty && inside !== account) {
    return (
      <Door title={duty.title} text={duty.text}>
        {duty.form}
      </Door>
    );
  }
  return (
    <>
      {/* Another account begins with pages of its own. */}
      <Fragment key={account}>{children}</Fragment>
      {duty && status !== 'expired' && (
        <Dialog title={duty.title}>
          <p>{duty.text}</p>
          {duty.form}
        </Dialog>
      )}
      {status === 'expired' && (
        <Dialog title={t('sign_in.again')} covering>
          <p>{t('sign_in.again_text')}</p>
          <SignInForm />
        </Dialog>
      )}
    </>
  );
}

/** The page before the others. */
function Door({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Patientele`;
  }, [title]);
  return (
    <main className="door">
      <div className="door-card">
        <p className="brand">
          <img src="/app/icon.svg" alt="" width="32" height="32" />
          {t('app.name')}
        </p>
        <h1>{title}</h1>
        <p className="dimmed">{text}</p>
        {children}
      </div>
      <Choices />
    </main>
  );
}
