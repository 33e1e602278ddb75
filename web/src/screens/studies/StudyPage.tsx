import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { replaces } from '../../api/problem';
import { studyQuery } from '../../api/queries';
import { useMay } from '../../api/session';
import type { Study } from '../../api/types';
import { useShortcut } from '../../shell/shortcuts';
import { ButtonLink } from '../../ui/ButtonLink';
import { Facts } from '../../ui/Facts';
import { useFormats } from '../../ui/format';
import { IconEdit } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { PersonName } from '../../ui/PersonName';
import { ProblemPage } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import { PatientLine } from '../patients/PatientLine';
import { History } from '../records/History';
import { InBin } from '../records/InBin';
import { RecordActions } from '../records/RecordActions';
import { useMoveToBin } from '../records/remove';
import { useStudyFields } from './fields';
import { Modalities } from './Modalities';
import { StatusBadge } from './StatusBadge';

export function StudyPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/studies/$id' });
  const { deleted } = useSearch({ from: '/studies/$id' });
  const { data: study, error, refetch } = useQuery(studyQuery(id, deleted));
  const fields = useStudyFields();
  if (replaces(error, study)) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  if (!study) return <Loading />;
  return (
    <>
      <PageHeader title={t('study.title')} detail={<Subject study={study} />} actions={<Actions study={study} />}>
        {study.study_description || t('study.untitled')}
      </PageHeader>
      <InBin table="studies" row={study} />
      <StudyFacts study={study} />
      <History table="studies" row={study} fields={fields} />
    </>
  );
}

function Subject({ study }: { study: Study }) {
  if (!study.patient) return null;
  return (
    <>
      <Link to="/patients/$id" params={{ id: study.patient_fk }}>
        <PersonName name={study.patient.patient_name} />
      </Link>{' '}
      <PatientLine patient={study.patient} />
    </>
  );
}

function Actions({ study }: { study: Study }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const moveToBin = useMoveToBin('studies');
  const may = useMay('modification') && !study.deleted_at;
  useShortcut('e', 'edit', () => void navigate({ to: '/studies/$id/edit', params: { id: study.id } }), may);
  return (
    <RecordActions
      may={may}
      edit={
        <ButtonLink to="/studies/$id/edit" params={{ id: study.id }} leftSection={<IconEdit size={18} aria-hidden />}>
          {t('action.edit')}
        </ButtonLink>
      }
      onDelete={() => void moveToBin(study.id, study.version)}
    />
  );
}

function StudyFacts({ study }: { study: Study }) {
  const { t } = useTranslation();
  const { date, time, number, instant } = useFormats();
  const {
    study_date,
    study_time,
    referring_physician_name: referring,
    name_of_physicians_reading_study: reading,
  } = study;
  const images = study.number_of_study_related_instances;
  return (
    <section className="card" aria-label={t('study.title')}>
      <Facts
        facts={[
          { label: t('fields.study.status'), value: <StatusBadge status={study.status} always /> },
          { label: t('fields.study.study_date'), value: study_date && date(study_date) },
          { label: t('fields.study.study_time'), value: study_time && time(study_time) },
          {
            label: t('fields.study.modalities_in_study'),
            value: study.modalities_in_study.length > 0 && <Modalities codes={study.modalities_in_study} />,
          },
          { label: t('fields.study.accession_number'), value: study.accession_number },
          { label: t('fields.study.institution_name'), value: study.institution_name },
          { label: t('fields.study.referring_physician_name'), value: referring && <PersonName name={referring} /> },
          {
            label: t('fields.study.name_of_physicians_reading_study'),
            value: reading && <PersonName name={reading} />,
          },
          {
            label: t('fields.study.number_of_study_related_series'),
            value: number(study.number_of_study_related_series),
          },
          { label: t('fields.study.number_of_study_related_instances'), value: number(images) },
          { label: t('fields.study.study_id'), value: study.study_id },
          { label: t('fields.study.comments'), value: study.comments, wide: true },
          {
            label: t('fields.study.study_instance_uid'),
            value: <span className="number">{study.study_instance_uid}</span>,
            wide: true,
          },
          { label: t('fields.study.created_at'), value: instant(study.created_at) },
          { label: t('fields.study.updated_at'), value: instant(study.updated_at) },
        ]}
      />
    </section>
  );
}
