import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { patientQuery, reread } from '../../api/queries';
import type { Patient } from '../../api/types';
import { ForRole } from '../../shell/pages';
import { FormShell } from '../../ui/FormShell';
import { useForm } from '../../ui/form';
import { PageHeader } from '../../ui/PageHeader';
import { PersonName } from '../../ui/PersonName';
import { ProblemView } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import { toast } from '../../ui/toasts';
import { useMounted } from '../../ui/useMounted';
import { tellFailure } from '../attempt';
import { PatientChooser } from '../patients/PatientChooser';
import { PatientLine } from '../patients/PatientLine';
import { changes, labelsOf, rulesOf, valuesOf } from '../records/definition';
import { Existing } from '../records/Existing';
import { RecordFields } from '../records/RecordFields';
import { useStudyFields } from './fields';

/** A new study: first whose it is, then what it is. */
export function StudyCreate() {
  const { t } = useTranslation();
  const { patient } = useSearch({ from: '/studies/new' });
  const navigate = useNavigate();
  return (
    <ForRole least="modification">
      <PageHeader title={t('action.new_study')}>{t('action.new_study')}</PageHeader>
      {patient ? (
        <ForPatient id={patient} />
      ) : (
        <PatientChooser
          onChoose={({ id }) => void navigate({ to: '/studies/new', search: { patient: id }, replace: true })}
        />
      )}
    </ForRole>
  );
}

function ForPatient({ id }: { id: number }) {
  const { t } = useTranslation();
  const { data: patient, error, refetch } = useQuery(patientQuery(id));
  if (error && !patient) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!patient) return <Loading />;
  return (
    <>
      <section className="card" aria-label={t('fields.study.patient_fk')}>
        <Link to="/patients/$id" params={{ id }}>
          <PersonName name={patient.patient_name} />
        </Link>{' '}
        <PatientLine patient={patient} />
      </section>
      <StudyCreateForm patient={patient} />
    </>
  );
}

function StudyCreateForm({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fields = useStudyFields();
  const empty = valuesOf(fields, { status: 'registered' });
  const form = useForm(rulesOf(fields), empty);
  const mounted = useMounted();
  const create = useMutation({
    mutationFn: () =>
      body(api.POST('/api/studies', { body: { ...changes(fields, {}, form.values), patient_fk: patient.id } })),
    onSuccess: async ({ id }) => {
      form.reset(form.values);
      await reread();
      toast(t('study.created'));
      if (mounted.current) await navigate({ to: '/studies/$id', params: { id }, replace: true });
    },
    onError: (error) => {
      if (!mounted.current) tellFailure(error);
    },
  });
  return (
    <FormShell
      form={form}
      labels={labelsOf(fields)}
      submit={t('action.create')}
      busy={create.isPending || create.isSuccess}
      error={create.error}
      unanswered={t('record.unanswered')}
      onSubmit={() => create.mutate()}
      onCancel={() => void navigate({ to: '/patients/$id', params: { id: patient.id } })}
    >
      <Existing error={create.error} kind="studies" />
      <RecordFields form={form} fields={fields} />
    </FormShell>
  );
}
