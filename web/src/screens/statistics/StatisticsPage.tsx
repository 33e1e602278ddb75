import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import type { Statistics } from '../../api/types';
import { Facts } from '../../ui/Facts';
import { useFormats } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemView } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import { Filters, RangeFilter } from '../lists/Filters';
import { useChange } from '../lists/ListView';
import { Bars } from './Bars';

/** How many patients and studies there are, of which kinds, and when. */
export function StatisticsPage() {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const search = useSearch({ from: '/statistics' });
  const change = useChange();
  const { study_date } = search;
  const { data, error, refetch } = useQuery({
    queryKey: ['statistics', study_date],
    queryFn: ({ signal }) =>
      body(api.GET('/api/statistics', { params: { query: study_date ? { study_date } : {} }, signal })),
  });
  return (
    <>
      <PageHeader title={t('statistics.title')} detail={data && t('statistics.as_of', { date: instant(data.as_of) })}>
        {t('statistics.title')}
      </PageHeader>
      <Filters active={study_date !== undefined} onClear={() => change({})}>
        <RangeFilter
          label={t('statistics.study_date')}
          value={study_date}
          onChange={(value) => change({ study_date: value ?? '' })}
        />
      </Filters>
      {error && <ProblemView error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} />}
      {data && <Numbers statistics={data} />}
    </>
  );
}

function Numbers({ statistics: { patients, studies } }: { statistics: Statistics }) {
  const { t } = useTranslation();
  const { number, month } = useFormats();
  return (
    <div className="numbers">
      <section className="card" aria-label={t('statistics.totals')}>
        <h2>{t('statistics.totals')}</h2>
        <Facts
          facts={[
            { label: t('nav.patients'), value: number(patients.total) },
            { label: t('nav.studies'), value: number(studies.total) },
            { label: t('statistics.patients_in_bin'), value: number(patients.in_bin) },
            { label: t('statistics.studies_in_bin'), value: number(studies.in_bin) },
            { label: t('statistics.without_study_date'), value: number(studies.without_study_date) },
          ]}
        />
      </section>
      <Bars
        title={t('statistics.by_sex')}
        what={t('nav.patients')}
        bars={patients.by_sex.map(({ sex, patients: value }) => ({
          key: sex ?? 'none',
          label: t(`fields.sex.${sex ?? ''}`),
          value,
        }))}
      />
      <Bars
        title={t('statistics.by_modality')}
        what={t('nav.studies')}
        bars={studies.by_modality.map(({ modality, studies: value }) => ({ key: modality, label: modality, value }))}
      />
      <Bars
        title={t('statistics.by_status')}
        what={t('nav.studies')}
        bars={studies.by_status.map(({ status, studies: value }) => ({
          key: status,
          label: t(`fields.status.${status}`),
          value,
        }))}
      />
      <Bars
        title={t('statistics.by_month')}
        what={t('nav.studies')}
        bars={studies.by_month
          .toSorted((one, other) => other.month.localeCompare(one.month))
          .map(({ month: key, studies: value }) => ({ key, label: month(key), value }))}
      />
    </div>
  );
}
