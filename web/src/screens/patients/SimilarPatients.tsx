import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import type { Values } from '../../ui/form';
import { PersonName } from '../../ui/PersonName';
import { useDebounced } from '../../ui/useDebounced';
import { PatientLine } from './PatientLine';

export const similarKey = ['search', 'similar'];

/** The patients who may be the one that is being entered: of that name, or born that day with that family name. */
export function SimilarPatients({ values }: { values: Values }) {
  const { t } = useTranslation();
  const family = values.family_name?.trim() ?? '';
  const given = values.given_name?.trim() ?? '';
  const birth = /^\d{4}-\d\d-\d\d$/.test(values.birth_date ?? '') ? values.birth_date : undefined;
  const asked = useDebounced(JSON.stringify({ family, given, birth }), 400);
  const { data } = useQuery({
    queryKey: [...similarKey, asked],
    enabled: family.length >= 2 && (given.length >= 2 || birth !== undefined),
    queryFn: ({ signal }) => {
      const { family, given, birth } = JSON.parse(asked) as { family: string; given: string; birth?: string };
      const filter = birth ? { patient_name: `${family}^`, birth_date: birth } : { patient_name: `${family}^${given}` };
      return body(api.POST('/api/search', { body: { ...filter, type: 'patient', limit: 5 }, signal }));
    },
  });
  const similar = data?.items.flatMap(({ patient }) => patient ?? []) ?? [];
  return (
    <div role="status">
      {similar.length > 0 && (
        <Alert color="yellow" variant="light" title={t('patient.similar')}>
          <ul>
            {similar.map((patient) => (
              <li key={patient.id}>
                <Link to="/patients/$id" params={{ id: patient.id }} target="_blank">
                  <PersonName name={patient.patient_name} />
                </Link>{' '}
                <PatientLine patient={patient} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </div>
  );
}
