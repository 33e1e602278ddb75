import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Proof, proofOf } from '../../api/auth';
import { constraints } from '../../api/constraints';
import { atFields } from '../../api/problem';
import { Dialog } from '../../ui/Dialog';
import { FormShell } from '../../ui/FormShell';
import { TextField } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { OwnPassword } from './OwnPassword';

const rules = { own_password: constraints.SecondFactorCreate.password, own_code: { required: true } };

interface Props<T> {
  title: string;
  text: string;
  /** What the button that does it says. */
  action: string;
  /** Does what needs the proof. */
  act: (proof: { password: string } & Proof) => Promise<T>;
  onDone: (answer: T) => void;
  onClose: () => void;
}

/** Asks for the password and a code before the second factor is changed: the session alone is not enough. */
export function SecondFactorProof<T>({ title, text, action, act, onDone, onClose }: Props<T>) {
  const { t } = useTranslation();
  const form = useForm(rules, { own_password: '', own_code: '' });
  const labels = { own_password: t('sign_in.current_password'), own_code: t('sign_in.code') };
  const attempt = useMutation({
    mutationFn: ({ own_password = '', own_code = '' }: Record<string, string>) =>
      atFields(act({ password: own_password, ...proofOf(own_code) }), {
        password: 'own_password',
        totp: 'own_code',
        recovery_code: 'own_code',
      }),
    onSuccess: onDone,
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <FormShell
        form={form}
        labels={labels}
        submit={action}
        busy={attempt.isPending || attempt.isSuccess}
        error={attempt.error}
        onSubmit={() => attempt.mutate(form.values)}
        onCancel={onClose}
        guarded={false}
      >
        <OwnPassword form={form} name="own_password" rule={rules.own_password} autoFocus />
        <TextField
          form={form}
          name="own_code"
          label={labels.own_code}
          rule={rules.own_code}
          description={t('sign_in.code_hint')}
          autoComplete="one-time-code"
        />
      </FormShell>
    </Dialog>
  );
}
