import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../api/auth';
import { constraints } from '../api/constraints';
import { OwnPassword } from '../screens/account/OwnPassword';
import { FormShell } from '../ui/FormShell';
import { PasswordField } from '../ui/fields';
import { type Rule, useForm } from '../ui/form';

const rules: Record<string, Rule> = { ...constraints.PasswordUpdate, repeated: { required: true } };
const empty = { current_password: '', new_password: '', repeated: '' };

/** A new password for one's own account, with the one until now as proof. */
export default function PasswordChange({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const form = useForm(rules, empty);
  const { current_password = '', new_password = '', repeated } = form.values;
  const change = useMutation({
    mutationFn: () => changePassword(current_password, new_password),
    onSuccess: () => {
      form.reset(empty);
      onDone();
    },
  });
  const labels = {
    current_password: t('sign_in.current_password'),
    new_password: t('sign_in.new_password'),
    repeated: t('sign_in.repeat_password'),
  };
  const submit = () => {
    if (repeated === new_password) change.mutate();
    else form.show({ repeated: { message: t('sign_in.passwords_differ') } });
  };
  return (
    <FormShell
      form={form}
      labels={labels}
      submit={t('sign_in.change')}
      busy={change.isPending}
      error={change.error}
      onSubmit={submit}
      guarded={false}
    >
      <OwnPassword form={form} name="current_password" rule={rules.current_password} />
      <PasswordField
        form={form}
        name="new_password"
        label={labels.new_password}
        rule={rules.new_password}
        autoComplete="new-password"
      />
      <PasswordField
        form={form}
        name="repeated"
        label={labels.repeated}
        rule={rules.repeated}
        autoComplete="new-password"
      />
    </FormShell>
  );
}
