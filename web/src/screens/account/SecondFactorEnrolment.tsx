import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { constraints } from '../../api/constraints';
import { atFields } from '../../api/problem';
import type { components } from '../../api/schema';
import { session } from '../../api/session';
import { keepCodes } from '../../shell/KeptCodes';
import { FormShell } from '../../ui/FormShell';
import { TextField } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { IconPhone } from '../../ui/icons';
import { OwnPassword } from './OwnPassword';

type Enrolment = components['schemas']['SecondFactorEnrolment'];

interface Props {
  /** Called when the second factor is in force and its recovery codes are kept. */
  onDone: () => void;
  /** Without it there is no way around. */
  onCancel?: () => void;
}

/** Sets up a second factor: the password, what the application needs and a first code of it, and the recovery codes. */
export default function SecondFactorEnrolment({ onDone, onCancel }: Props) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const finish = async (codes: string[]) => {
    await keepCodes(codes);
    session.updateUser({ second_factor: true, must_enrol_second_factor: false });
    onDone();
  };
  const cancel = onCancel && { onCancel };
  return (
    <div className="steps">
      {enrolment ? (
        <Confirmation enrolment={enrolment} onConfirmed={(codes) => void finish(codes)} {...cancel} />
      ) : (
        <Beginning onBegun={setEnrolment} {...cancel} />
      )}
    </div>
  );
}

const beginning = { own_password: constraints.SecondFactorCreate.password };
const confirmation = { own_code: { required: true } };

function Beginning({ onBegun, onCancel }: { onBegun: (enrolment: Enrolment) => void; onCancel?: () => void }) {
  const { t } = useTranslation();
  const form = useForm(beginning, { own_password: '' });
  const labels = { own_password: t('sign_in.current_password') };
  const begin = useMutation({
    mutationFn: (password: string) =>
      atFields(body(api.POST('/api/auth/totp', { body: { password } })), { password: 'own_password' }),
    onSuccess: onBegun,
  });
  return (
    <FormShell
      form={form}
      labels={labels}
      submit={t('second_factor.continue')}
      busy={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate(form.values.own_password ?? '')}
      {...(onCancel && { onCancel })}
      guarded={false}
    >
      <OwnPassword
        form={form}
        name="own_password"
        rule={beginning.own_password}
        description={t('second_factor.password_hint')}
        autoFocus
      />
    </FormShell>
  );
}

interface ConfirmationProps {
  enrolment: Enrolment;
  onConfirmed: (codes: string[]) => void;
  onCancel?: () => void;
}

function Confirmation({ enrolment, onConfirmed, onCancel }: ConfirmationProps) {
  const { t } = useTranslation();
  const form = useForm(confirmation, { own_code: '' });
  const labels = { own_code: t('sign_in.code') };
  const confirm = useMutation({
    mutationFn: (totp: string) =>
      atFields(body(api.POST('/api/auth/totp/confirm', { body: { totp } })), { totp: 'own_code' }),
    onSuccess: ({ recovery_codes }) => onConfirmed(recovery_codes),
  });
  return (
    <FormShell
      form={form}
      labels={labels}
      submit={t('second_factor.confirm')}
      busy={confirm.isPending || confirm.isSuccess}
      error={confirm.error}
      onSubmit={() => confirm.mutate((form.values.own_code ?? '').replace(/\s/g, ''))}
      {...(onCancel && { onCancel })}
      guarded={false}
    >
      <Secret enrolment={enrolment} />
      <TextField
        form={form}
        name="own_code"
        label={labels.own_code}
        rule={confirmation.own_code}
        description={t('second_factor.first_code_hint')}
        autoComplete="one-time-code"
      />
    </FormShell>
  );
}

/** What the application needs: to be scanned, to be opened on the telephone itself, or to be typed. */
function Secret({ enrolment: { secret, uri, qr_code } }: { enrolment: Enrolment }) {
  const { t } = useTranslation();
  const start = useRef<HTMLParagraphElement>(null);
  useEffect(() => start.current?.focus(), []);
  return (
    <div className="enrolment">
      <p ref={start} tabIndex={-1}>
        {t('second_factor.scan')}
      </p>
      <img className="qr" src={qr_code} alt={t('second_factor.qr_code')} width="240" height="240" />
      <div>
        <p>{t('second_factor.same_device')}</p>
        <Button component="a" href={uri} variant="default" size="xs" leftSection={<IconPhone size={18} aria-hidden />}>
          {t('second_factor.open')}
        </Button>
      </div>
      <div>
        <p>{t('second_factor.type')}</p>
        <code className="typed-secret" translate="no">
          {secret.match(/.{1,4}/g)?.join(' ')}
        </code>
      </div>
    </div>
  );
}
