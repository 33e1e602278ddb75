import { Alert, Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { replaces } from '../../api/problem';
import type { components } from '../../api/schema';
import { session } from '../../api/session';
import { keepCodes } from '../../shell/KeptCodes';
import { Facts } from '../../ui/Facts';
import { useFormats } from '../../ui/format';
import { IconAlert } from '../../ui/icons';
import { ProblemView } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import { toast } from '../../ui/toasts';
import SecondFactorEnrolment from './SecondFactorEnrolment';
import { SecondFactorProof } from './SecondFactorProof';

type State = components['schemas']['SecondFactor'];

/** So few recovery codes are a reason to make new ones. */
const few = 3;

/** The second factor of one's own account: whether there is one, and how it is set up, renewed and given up. */
export function SecondFactor() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [enrolling, setEnrolling] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['second-factor'],
    queryFn: ({ signal }) => body(api.GET('/api/auth/totp', { signal })),
  });
  const changed = () => cache.invalidateQueries({ queryKey: ['second-factor'] });
  const done = async () => {
    await changed();
    setEnrolling(false);
    toast(t('second_factor.enabled'));
  };
  const content = () => {
    if (replaces(error, data)) return <ProblemView error={error} onRetry={() => void refetch()} />;
    if (!data) return <Loading lines={2} />;
    if (data.enabled && !enrolling) return <Enabled state={data} onChanged={changed} />;
    return (
      <>
        <p className="dimmed spaced">{t('second_factor.text')}</p>
        {enrolling ? (
          <SecondFactorEnrolment onDone={() => void done()} onCancel={() => setEnrolling(false)} />
        ) : (
          <Button variant="default" onClick={() => setEnrolling(true)}>
            {t('second_factor.enable')}
          </Button>
        )}
      </>
    );
  };
  return (
    <section className="card narrow" aria-label={t('second_factor.title')}>
      <h2>{t('second_factor.title')}</h2>
      {content()}
    </section>
  );
}

function Enabled({ state, onChanged }: { state: State; onChanged: () => Promise<void> }) {
  const { t } = useTranslation();
  const { instant, number } = useFormats();
  const [asked, setAsked] = useState<'codes' | 'disable' | null>(null);
  const close = () => setAsked(null);
  const disabled = () => {
    close();
    session.updateUser({ second_factor: false, must_enrol_second_factor: state.required });
    void onChanged();
    toast(t('second_factor.disabled'));
  };
  const left = state.recovery_codes_left;
  return (
    <>
      <Facts
        facts={[
          { label: t('second_factor.enabled_at'), value: state.enabled_at && instant(state.enabled_at) },
          { label: t('second_factor.codes_left'), value: number(left) },
        ]}
      />
      {left <= few && (
        <Alert color="yellow" variant="light" icon={<IconAlert aria-hidden />} className="spaced">
          {t('second_factor.few_left', { count: left })}
        </Alert>
      )}
      <div className="actions">
        <Button variant="default" onClick={() => setAsked('codes')}>
          {t('second_factor.renew_codes')}
        </Button>
        <Button variant="default" onClick={() => setAsked('disable')}>
          {t(state.required ? 'second_factor.replace' : 'second_factor.disable')}
        </Button>
      </div>
      {asked === 'codes' && (
        <SecondFactorProof
          title={t('second_factor.renew_codes')}
          text={t('second_factor.renew_codes_text')}
          action={t('second_factor.renew_codes')}
          act={(proof) => body(api.POST('/api/auth/totp/recovery-codes', { body: proof }))}
          onDone={({ recovery_codes }) => {
            close();
            void keepCodes(recovery_codes).then(onChanged);
          }}
          onClose={close}
        />
      )}
      {asked === 'disable' && (
        <SecondFactorProof
          title={t(state.required ? 'second_factor.replace' : 'second_factor.disable')}
          text={t(state.required ? 'second_factor.replace_text' : 'second_factor.disable_text')}
          action={t(state.required ? 'second_factor.replace' : 'second_factor.disable')}
          act={(proof) => body(api.POST('/api/auth/totp/disable', { body: proof }))}
          onDone={disabled}
          onClose={close}
        />
      )}
    </>
  );
}
