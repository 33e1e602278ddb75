import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body, ifMatch } from '../../api/client';
import { userQuery } from '../../api/queries';
import { useSession } from '../../api/session';
import type { Account } from '../../api/types';
import { ForRole } from '../../shell/pages';
import { useShortcut } from '../../shell/shortcuts';
import { ButtonLink } from '../../ui/ButtonLink';
import { confirm } from '../../ui/confirm';
import { Facts } from '../../ui/Facts';
import { useFormats } from '../../ui/format';
import { IconAudit, IconEdit, IconKey, IconTrash } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemPage } from '../../ui/ProblemView';
import { ReasonedButton } from '../../ui/ReasonedButton';
import { SecretDialog } from '../../ui/SecretDialog';
import { Loading } from '../../ui/states';
import { toast } from '../../ui/toasts';
import { Sessions } from '../account/Sessions';
import { attempted } from '../attempt';
import { SecondFactorReset } from './SecondFactorReset';
import { UserState } from './UserState';

export function UserPage() {
  return (
    <ForRole least="admin">
      <UserSheet />
    </ForRole>
  );
}

function UserSheet() {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const { id } = useParams({ from: '/users/$id' });
  const { data: user, error, refetch } = useQuery(userQuery(id));
  if (error && !user) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  if (!user) return <Loading />;
  return (
    <>
      <PageHeader title={t('admin.users.one')} detail={user.username} actions={<Actions user={user} />}>
        {user.display_name}
      </PageHeader>
      <section className="card" aria-label={t('admin.users.one')}>
        <Facts
          facts={[
            { label: t('account.role'), value: t(`role.${user.role}`) },
            { label: t('admin.users.state'), value: <UserState user={user} /> },
            {
              label: t('second_factor.state'),
              value: t(user.second_factor ? 'second_factor.on' : 'second_factor.off'),
            },
            {
              label: t('admin.users.last_login_at'),
              value: user.last_login_at ? instant(user.last_login_at) : t('admin.never'),
            },
            {
              label: t('admin.users.password_expires_at'),
              value: user.password_expires_at && instant(user.password_expires_at),
            },
            { label: t('fields.patient.created_at'), value: instant(user.created_at) },
            { label: t('fields.patient.updated_at'), value: instant(user.updated_at) },
          ]}
        />
      </section>
      <SessionsOf user={user} />
    </>
  );
}

function Actions({ user }: { user: Account }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const own = useSession().user?.id === user.id;
  const [password, setPassword] = useState<string | null>(null);
  const params = { path: { id: user.id } };
  const kept = own ? t('admin.users.own') : user.last_login_at ? t('admin.users.used') : undefined;
  useShortcut('e', 'edit', () => void navigate({ to: '/users/$id/edit', params: { id: user.id } }));
  const reset = async () => {
    const sure = await confirm({
      title: t('admin.users.reset_title', { name: user.username }),
      text: t('admin.users.reset_text'),
      action: t('admin.users.reset'),
    });
    if (!sure) return;
    const done = await attempted(() => body(api.POST('/api/users/{id}/password-reset', { params })));
    if (done) setPassword(done.answer.one_time_password);
  };
  const remove = async () => {
    const sure = await confirm({
      title: t('admin.users.delete_title', { name: user.username }),
      text: t('admin.users.delete_text'),
      action: t('admin.users.delete'),
      dangerous: true,
    });
    if (!sure) return;
    const header = ifMatch(user.version);
    const done = await attempted(
      () => body(api.DELETE('/api/users/{id}', { params: { ...params, header } })),
      () => navigate({ to: '/users' }),
    );
    if (done) toast(t('admin.users.deleted', { name: user.username }));
  };
  return (
    <>
      <ButtonLink to="/users/$id/edit" params={{ id: user.id }} leftSection={<IconEdit size={18} aria-hidden />}>
        {t('action.edit')}
      </ButtonLink>
      <ButtonLink
        variant="default"
        to="/audit"
        search={{ actor_type: 'user', actor_id: user.id }}
        leftSection={<IconAudit size={18} aria-hidden />}
      >
        {t('audit.of_user')}
      </ButtonLink>
      <ReasonedButton
        variant="default"
        reason={own ? t('admin.users.own') : undefined}
        leftSection={<IconKey size={18} aria-hidden />}
        onClick={() => void reset()}
      >
        {t('admin.users.reset')}
      </ReasonedButton>
      <SecondFactorReset user={user} />
      <ReasonedButton
        variant="default"
        reason={kept}
        leftSection={<IconTrash size={18} aria-hidden />}
        onClick={() => void remove()}
      >
        {t('admin.users.delete')}
      </ReasonedButton>
      {password && (
        <SecretDialog
          title={t('admin.users.reset_done', { name: user.username })}
          text={t('admin.users.password_text')}
          label={t('admin.users.one_time_password')}
          secret={password}
          onClose={() => setPassword(null)}
        />
      )}
    </>
  );
}

function SessionsOf({ user }: { user: Account }) {
  const { t } = useTranslation();
  const { id } = user;
  return (
    <Sessions
      title={t('admin.users.sessions')}
      cacheKey={['users', id, 'sessions']}
      read={(signal) => body(api.GET('/api/users/{id}/sessions', { params: { path: { id } }, signal }))}
      end={(session_id) =>
        body(api.DELETE('/api/users/{id}/sessions/{session_id}', { params: { path: { id, session_id } } }))
      }
      endOthers={() => body(api.DELETE('/api/users/{id}/sessions', { params: { path: { id } } }))}
      others={{
        action: t('admin.users.end_sessions'),
        title: t('admin.users.end_sessions_title', { name: user.username }),
        text: t('admin.users.end_sessions_text'),
        done: t('admin.users.sessions_ended'),
      }}
    />
  );
}
