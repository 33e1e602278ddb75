import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { replaces } from '../../api/problem';
import { useMay } from '../../api/session';
import { ButtonLink } from '../../ui/ButtonLink';
import { IconImport } from '../../ui/icons';
import { PersonName } from '../../ui/PersonName';
import { ProblemView } from '../../ui/ProblemView';
import { EmptyState, Loading } from '../../ui/states';
import { NewPatientButton } from '../patients/NewPatientButton';
import { PatientLine } from '../patients/PatientLine';

/** What the search shows before anything is searched: where the work was lately. */
export function RecentPatients({ short }: { short: boolean }) {
  const { t } = useTranslation();
  const mayWrite = useMay('modification');
  const { data, error, refetch } = useQuery({
    queryKey: ['patients', 'recent'],
    queryFn: ({ signal }) =>
      body(api.GET('/api/patients', { params: { query: { sort: '-updated_at', limit: 8 } }, signal })),
  });
  if (replaces(error, data)) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) {
    return (
      <EmptyState title={t('search.empty')}>
        {mayWrite && (
          <>
            <p>{t('search.empty_text')}</p>
            <div className="actions">
              <NewPatientButton />
              <ButtonLink to="/import" variant="default" leftSection={<IconImport size={18} aria-hidden />}>
                {t('nav.import')}
              </ButtonLink>
            </div>
          </>
        )}
      </EmptyState>
    );
  }
  return (
    <section>
      {short && <p className="dimmed">{t('search.too_short')}</p>}
      <h2>{t('search.recent')}</h2>
      <ol className="hits">
        {data.items.map((patient) => (
          <li key={patient.id} className="hit">
            <Link to="/patients/$id" params={{ id: patient.id }} className="row-link" data-row-link>
              <PersonName name={patient.patient_name} />
            </Link>{' '}
            <PatientLine patient={patient} studies={patient.number_of_studies} />
          </li>
        ))}
      </ol>
    </section>
  );
}
