import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { session, useSession } from '../api/session';
import { Dialog } from '../ui/Dialog';
import { Loading } from '../ui/states';
import { toast } from '../ui/toasts';
import { Choices } from './Choices';
import { SignInForm } from './SignIn';

const PasswordChange = lazy(() => import('./PasswordChange'));

/** Lets nobody in who is not signed in; an expired session signs in over the page, which stays as it is. */
export function Gate({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { status, user } = useSession();
  if (status === 'starting') return <Loading />;
  if (status === 'signed-out') {
    return (
      <Door title={t('sign_in.title')} text={t('sign_in.tagline')}>
        <SignInForm />
      </Door>
    );
  }
  if (user?.must_change_password) {
    return (
      <Door title={t('sign_in.must_change')} text={t('sign_in.must_change_text')}>
        <Suspense fallback={<Loading lines={3} />}>
          <PasswordChange
            onDone={() => {
              session.updateUser({ must_change_password: false });
              toast(t('sign_in.changed'));
            }}
          />
        </Suspense>
      </Door>
    );
  }
  return (
    <>
      {children}
      {status === 'expired' && (
        <Dialog title={t('sign_in.again')}>
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
