import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { replaces } from '../../api/problem';
import { Facts } from '../../ui/Facts';
import { useFormats } from '../../ui/format';
import { IconAlert } from '../../ui/icons';
import { ProblemView } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';

/** Whether the trail is as it was written: what the last verification found. */
export function Integrity() {
  const { t } = useTranslation();
  const { instant, number } = useFormats();
  const { data, error, refetch } = useQuery({
    queryKey: ['audit-events', 'verification'],
    staleTime: 0,
    queryFn: ({ signal }) => body(api.GET('/api/audit-events/verification', { signal })),
  });
  if (replaces(error, data)) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={3} />;
  const { intact, verified_at, verified_events, sealed_until, head, finding } = data;
  const state = intact == null ? 'unverified' : intact ? 'intact' : 'broken';
  return (
    <section className="card" aria-labelledby="integrity">
      <div className="card-header">
        <h2 id="integrity">{t('audit.integrity.title')}</h2>
        <span
          className="status"
          data-status={{ intact: 'available', broken: 'cancelled', unverified: 'registered' }[state]}
        >
          {t(`audit.integrity.${state}`)}
        </span>
      </div>
      {finding && (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlert aria-hidden />}
          title={t('audit.integrity.broken')}
          className="spaced"
        >
          {finding}
        </Alert>
      )}
      <Facts
        facts={[
          { label: t('audit.integrity.verified_at'), value: verified_at && instant(verified_at) },
          { label: t('audit.integrity.verified_events'), value: verified_events != null && number(verified_events) },
          { label: t('audit.integrity.sealed_until'), value: sealed_until && instant(sealed_until) },
          {
            label: t('audit.integrity.head'),
            value: head && (
              <>
                <code>{head}</code>
                <br />
                <span className="dimmed">{t('audit.integrity.head_hint')}</span>
              </>
            ),
            wide: true,
          },
        ]}
      />
      <p className="dimmed integrity-text">{t('audit.integrity.text')}</p>
    </section>
  );
}
