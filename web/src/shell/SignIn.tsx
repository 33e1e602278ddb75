import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../api/auth';
import { asProblem } from '../api/problem';
import { useSession } from '../api/session';
import { FormShell } from '../ui/FormShell';
import { PasswordField, TextField } from '../ui/fields';
import { useForm } from '../ui/form';

const rules = { username: { required: true }, password: { required: true } };
const withCode = { ...rules, code: { required: true } };

/**
 * Name and password, and then the code of the second factor where the account has one. After an expired session the name is
 * known, and what waited is sent once it is done.
 */
export function SignInForm() {
  const { t } = useTranslation();
  const { user } = useSession();
  const [known] = useState(user?.username ?? '');
  const [asked, setAsked] = useState(false);
  // Programs that keep passwords know a field by an id that stays.
  const form = useForm(asked ? withCode : rules, { username: known, password: '', code: '' }, 'field-');
  const { username = '', password = '', code = '' } = form.values;
  const attempt = useMutation({
    mutationFn: () => signIn(username, password, asked ? code : ''),
    onError: (error) => {
      const problem = asProblem(error);
      if (problem.code === 'second_factor_required') setAsked(true);
      else if (problem.code === 'invalid_second_factor') form.show({ code: { message: t('sign_in.wrong_code') } });
      else if (problem.status === 401) {
        setAsked(false);
        form.show({ password: { message: t('sign_in.wrong') } });
      }
    },
  });
  const back = () => {
    setAsked(false);
    form.reset({ ...form.values, code: '' });
    attempt.reset();
  };
  const labels = { username: t('sign_in.username'), password: t('sign_in.password'), code: t('sign_in.code') };
  const refused = attempt.error && asProblem(attempt.error).status === 401;
  return (
    <FormShell
      form={form}
      labels={labels}
      submit={t('sign_in.submit')}
      busy={attempt.isPending}
      error={refused ? null : attempt.error}
      onSubmit={() => attempt.mutate()}
      {...(asked && { onCancel: back })}
      guarded={false}
    >
      {asked ? (
        <TextField
          form={form}
          name="code"
          label={labels.code}
          description={t('sign_in.code_hint')}
          autoComplete="one-time-code"
          autoFocus
        />
      ) : (
        <>
          <TextField
            form={form}
            name="username"
            label={labels.username}
            autoComplete="username"
            autoFocus={known === ''}
          />
          <PasswordField
            form={form}
            name="password"
            label={labels.password}
            autoComplete="current-password"
            autoFocus={known !== ''}
          />
        </>
      )}
    </FormShell>
  );
}
