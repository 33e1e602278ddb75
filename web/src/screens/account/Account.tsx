import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { reread } from '../../api/queries';
import { useSession } from '../../api/session';
import { Choices } from '../../shell/Choices';
import PasswordChange from '../../shell/PasswordChange';
import { Facts } from '../../ui/Facts';
import { PageHeader } from '../../ui/PageHeader';
import { toast } from '../../ui/toasts';
import { SecondFactor } from './SecondFactor';
import { Sessions } from './Sessions';

/** One's own account: who one is, the password, where one is signed in, and how the pages look. */
export function Account() {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <>
      <PageHeader title={t('account.title')}>{t('account.title')}</PageHeader>
      <section className="card" aria-label={t('account.who')}>
        <h2>{t('account.who')}</h2>
        <Facts
          facts={[
            { label: t('sign_in.username'), value: user?.username },
            { label: t('account.display_name'), value: user?.display_name },
            { label: t('account.role'), value: user && t(`role.${user.role}`) },
          ]}
        />
      </section>
      <section className="card narrow" aria-label={t('sign_in.password')}>
        <h2>{t('sign_in.password')}</h2>
        <p className="dimmed spaced">{t('account.password_hint')}</p>
        <PasswordChange
          onDone={() => {
            toast(t('sign_in.changed'));
            void reread();
          }}
        />
      </section>
      <SecondFactor />
      <OwnSessions />
      <section className="card narrow" aria-label={t('account.preferences')}>
        <h2>{t('account.preferences')}</h2>
        <p className="dimmed">{t('account.preferences_hint')}</p>
        <Choices />
      </section>
    </>
  );
}

function OwnSessions() {
  const { t } = useTranslation();
  const end = (id: number) => body(api.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } }));
  return (
    <Sessions
      title={t('account.sessions.title')}
      cacheKey={['sessions']}
      read={(signal) => body(api.GET('/api/auth/sessions', { signal }))}
      end={end}
      endOthers={(others) => Promise.all(others.map(({ id }) => end(id)))}
      others={{
        action: t('account.sessions.end_others'),
        title: t('account.sessions.end_others_title'),
        text: t('account.sessions.end_others_text'),
        done: t('account.sessions.others_ended'),
      }}
    />
  );
}
