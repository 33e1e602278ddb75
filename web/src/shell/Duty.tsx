import { Button } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { reread } from '../api/queries';
import { session, useSession } from '../api/session';
import { withMore } from '../i18n';
import { Loading } from '../ui/states';
import { toast } from '../ui/toasts';
import { leave } from './leave';

const PasswordChange = lazy(() => import('./PasswordChange'));
const SecondFactorEnrolment = lazy(() => withMore(import('../screens/account/SecondFactorEnrolment')));

/** What the server demands of an account before anything else. */
export interface Duty {
  title: string;
  text: string;
  form: ReactNode;
}

/** The most urgent duty of the account that is signed in; null when there is none. */
export function useDuty(): Duty | null {
  const { t } = useTranslation();
  const { user } = useSession();
  const done = (message: string) => {
    toast(message);
    void reread();
  };
  if (user?.must_change_password) {
    const changed = () => {
      session.updateUser({ must_change_password: false });
      done(t('sign_in.changed'));
    };
    return {
      title: t('sign_in.must_change'),
      text: t('sign_in.must_change_text'),
      form: <Fulfil form={<PasswordChange onDone={changed} />} />,
    };
  }
  if (user?.must_enrol_second_factor) {
    return {
      title: t('sign_in.must_enrol'),
      text: t('sign_in.must_enrol_text'),
      form: <Fulfil form={<SecondFactorEnrolment onDone={() => done(t('second_factor.enabled'))} />} />,
    };
  }
  return null;
}

/** The form that sees to a duty, and the way out for those who cannot just now. */
function Fulfil({ form }: { form: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <Suspense fallback={<Loading lines={3} />}>{form}</Suspense>
      <Button variant="subtle" className="way-out" onClick={() => void leave()}>
        {t('nav.sign_out')}
      </Button>
    </>
  );
}
