import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import type { Patient } from '../../api/types';
import { BusyButton } from '../../ui/BusyButton';
import { DataTable } from '../../ui/DataTable';
import { ProblemView } from '../../ui/ProblemView';
import { EmptyState, Loading } from '../../ui/states';
import { useStudyColumns } from '../studies/columns';
import { NewStudyButton } from '../studies/NewStudyButton';

const shown = ['study_description', 'study_date', 'modalities_in_study', 'accession_number', 'status'];

/** The studies of a patient, the newest first. */
export function PatientStudies({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const columns = useStudyColumns().filter(({ key }) => shown.includes(key));
  const { id } = patient;
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['patients', id, 'studies'],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/patients/{id}/studies', {
          params: {
            path: { id },
            query: { sort: '-study_date', limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section aria-labelledby="studies">
      <div className="card-header">
        <h2 id="studies">{t('patient.studies', { count: patient.number_of_studies })}</h2>
        <div className="no-print">
          <NewStudyButton patient={id} variant="default" />
        </div>
      </div>
      {error && <ProblemView error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={4} />}
      {data && rows.length === 0 && <EmptyState title={t('patient.no_studies')} />}
      {rows.length > 0 && (
        <DataTable
          caption={t('nav.studies')}
          columns={columns.map(({ sort: _, ...column }) => column)}
          rows={rows}
          rowKey={({ id }) => id}
        />
      )}
      {hasNextPage && (
        <BusyButton variant="default" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('search.more')}
        </BusyButton>
      )}
    </section>
  );
}
