import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import type { Patient } from '../../api/types';
import { announce } from '../../ui/announce';
import { withIsoDates } from '../../ui/dates';
import { IconSearch } from '../../ui/icons';
import { PersonName } from '../../ui/PersonName';
import { ProblemView } from '../../ui/ProblemView';
import { EmptyState } from '../../ui/states';
import { useDebounced } from '../../ui/useDebounced';
import { isSearchable } from '../search/words';
import { PatientLine } from './PatientLine';

/** Finds the patient that something is about. */
export function PatientChooser({ onChoose }: { onChoose: (patient: Patient) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const words = useDebounced(typed.trim(), 250);
  const { data, error } = useQuery({
    queryKey: ['search', 'choose', words],
    enabled: isSearchable(words),
    queryFn: ({ signal }) =>
      body(api.POST('/api/search', { body: { q: withIsoDates(words), type: 'patient', limit: 10 }, signal })),
    placeholderData: (before) => before,
  });
  const found = isSearchable(words) ? (data?.items.flatMap(({ patient }) => patient ?? []) ?? []) : [];
  useEffect(() => {
    if (isSearchable(words) && data)
      announce(t('search.results', { count: data.items.length, formatted: data.items.length }));
  }, [words, data, t]);
  return (
    <section className="card">
      <TextInput
        id="search"
        type="search"
        label={t('patient.choose')}
        description={t('patient.choose_hint')}
        value={typed}
        autoComplete="off"
        data-before-rows
        autoFocus
        leftSection={<IconSearch size={18} aria-hidden />}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {error && <ProblemView error={error} />}
      {isSearchable(words) && data?.items.length === 0 && <EmptyState title={t('search.none')} />}
      {found.length > 0 && (
        <ol className="hits">
          {found.map((patient) => (
            <li key={patient.id} className="hit">
              <button type="button" className="row-link plain" data-row-link onClick={() => onChoose(patient)}>
                <PersonName name={patient.patient_name} searched={words.split(/\s+/)} />
              </button>{' '}
              <PatientLine patient={patient} studies={patient.number_of_studies} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
