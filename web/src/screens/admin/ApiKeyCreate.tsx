import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { constraints } from '../../api/constraints';
import { reread } from '../../api/queries';
import type { components } from '../../api/schema';
import { ForRole } from '../../shell/pages';
import { FormShell } from '../../ui/FormShell';
import { TextField } from '../../ui/fields';
import { type Rule, useForm, type Values } from '../../ui/form';
import { PageHeader } from '../../ui/PageHeader';
import { DateField, SelectField } from '../../ui/record-fields';
import { SecretDialog } from '../../ui/SecretDialog';
import { endOf } from './expiry';

type NewKey = components['schemas']['ApiKeyCreate'];

const { name, role } = constraints.ApiKeyCreate;
const rules: Record<string, Rule> = {
  name,
  rights: { required: true },
  expires_at: { ...constraints.PatientCreate.birth_date, required: false },
  networks: {},
};
/** What a key may do, the least first: a role, or a part of it. */
const rights = ['search', 'read', ...role.enum] as const;

export function ApiKeyCreate() {
  const { t } = useTranslation();
  return (
    <ForRole least="admin">
      <PageHeader title={t('admin.keys.new')} detail={t('admin.keys.new_text')}>
        {t('admin.keys.new')}
      </PageHeader>
      <ApiKeyForm />
    </ForRole>
  );
}

function ApiKeyForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useForm(rules, { name: '', rights: 'lecture', expires_at: '', networks: '' });
  const create = useMutation({
    mutationFn: () => body(api.POST('/api/api-keys', { body: keyOf(form.values) })),
    onSuccess: () => {
      form.reset(form.values);
      void reread();
    },
  });
  const labels = {
    name: t('admin.keys.name'),
    rights: t('admin.keys.rights'),
    expires_at: t('admin.keys.expires_on'),
    networks: t('admin.keys.networks'),
  };
  const options = rights.map((value) => ({
    value,
    label: t(value === 'search' || value === 'read' ? `admin.keys.scope_${value}` : `role.${value}`),
  }));
  const back = () => void navigate({ to: '/api-keys', replace: true });
  return (
    <>
      <FormShell
        form={form}
        labels={labels}
        submit={t('action.create')}
        busy={create.isPending || create.isSuccess}
        error={create.error}
        onSubmit={() => create.mutate()}
        onCancel={back}
      >
        <div className="card form-grid">
          <TextField
            form={form}
            name="name"
            label={labels.name}
            rule={rules.name}
            description={t('admin.keys.name_hint')}
            autoFocus
          />
          <SelectField
            form={form}
            name="rights"
            label={labels.rights}
            options={options}
            description={t('admin.keys.rights_hint')}
          />
          <DateField
            form={form}
            name="expires_at"
            label={labels.expires_at}
            description={t('admin.keys.expires_hint')}
          />
          <TextField form={form} name="networks" label={labels.networks} description={t('admin.keys.networks_hint')} />
        </div>
      </FormShell>
      {create.data && (
        <SecretDialog
          title={t('admin.keys.created', { name: create.data.name })}
          text={t('admin.keys.created_text')}
          label={t('admin.keys.key')}
          secret={create.data.key}
          onClose={back}
        />
      )}
    </>
  );
}

/** The key that the form describes; it is good to the end of its last day. */
function keyOf({ name = '', rights = '', expires_at, networks = '' }: Values): NewKey {
  const scope = rights === 'search' || rights === 'read' ? rights : null;
  return {
    name: name.trim(),
    role: rights === 'modification' ? 'modification' : 'lecture',
    ...(scope ? { scope } : {}),
    ...(expires_at ? { expires_at: endOf(expires_at) } : {}),
    networks: networks.split(/[\s,;]+/).filter(Boolean),
  };
}
