import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { reread } from '../../api/queries';
import type { components } from '../../api/schema';
import { ForRole } from '../../shell/pages';
import { FormShell } from '../../ui/FormShell';
import { useForm } from '../../ui/form';
import { PageHeader } from '../../ui/PageHeader';
import { SecretDialog } from '../../ui/SecretDialog';
import { changes, labelsOf, rulesOf } from '../records/definition';
import { RecordFields } from '../records/RecordFields';
import { useAccountFields } from './fields';

/** A new account; its first password is shown once, for whoever it is for. */
export function UserCreate() {
  const { t } = useTranslation();
  return (
    <ForRole least="admin">
      <PageHeader title={t('admin.users.new')} detail={t('admin.users.new_text')}>
        {t('admin.users.new')}
      </PageHeader>
      <UserCreateForm />
    </ForRole>
  );
}

function UserCreateForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { username, display_name, role } = useAccountFields();
  const fields = [username, display_name, role];
  const form = useForm(rulesOf(fields), { username: '', display_name: '', role: 'lecture' });
  const create = useMutation({
    mutationFn: () =>
      body(api.POST('/api/users', { body: changes(fields, {}, form.values) as components['schemas']['UserCreate'] })),
    onSuccess: () => {
      form.reset(form.values);
      void reread();
    },
  });
  const { data: created } = create;
  return (
    <>
      <FormShell
        form={form}
        labels={labelsOf(fields)}
        submit={t('action.create')}
        busy={create.isPending || create.isSuccess}
        error={create.error}
        onSubmit={() => create.mutate()}
        onCancel={() => void navigate({ to: '/users' })}
      >
        <RecordFields form={form} fields={fields} />
      </FormShell>
      {created?.one_time_password && (
        <SecretDialog
          title={t('admin.users.created', { name: created.username })}
          text={t('admin.users.password_text')}
          label={t('admin.users.one_time_password')}
          secret={created.one_time_password}
          onClose={() => void navigate({ to: '/users/$id', params: { id: created.id }, replace: true })}
        />
      )}
    </>
  );
}
