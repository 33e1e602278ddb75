import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { cache, reread } from '../../api/queries';
import type { PatientCreate as NewPatient } from '../../api/types';
import { ForRole } from '../../shell/pages';
import { FormShell } from '../../ui/FormShell';
import { useForm } from '../../ui/form';
import { PageHeader } from '../../ui/PageHeader';
import { toast } from '../../ui/toasts';
import { useMounted } from '../../ui/useMounted';
import { tellFailure } from '../attempt';
import { changes, labelsOf, rulesOf, valuesOf } from '../records/definition';
import { Existing } from '../records/Existing';
import { RecordFields } from '../records/RecordFields';
import { usePatientFields } from './fields';
import { SimilarPatients, similarKey } from './SimilarPatients';

export function PatientCreate() {
  const { t } = useTranslation();
  return (
    <ForRole least="modification">
      <PageHeader title={t('action.new_patient')}>{t('action.new_patient')}</PageHeader>
      <PatientCreateForm />
    </ForRole>
  );
}

function PatientCreateForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fields = usePatientFields();
  const empty = valuesOf(fields, {});
  const form = useForm(rulesOf(fields), empty);
  const mounted = useMounted();
  const create = useMutation({
    mutationFn: () => body(api.POST('/api/patients', { body: changes(fields, empty, form.values) as NewPatient })),
    onSuccess: async ({ id }) => {
      form.reset(form.values);
      await reread();
      toast(t('patient.created'));
      if (mounted.current) await navigate({ to: '/patients/$id', params: { id }, replace: true });
    },
    onError: (error) => {
      if (!mounted.current) tellFailure(error);
      // It may be there all the same: then it is among those who are shown.
      void cache.invalidateQueries({ queryKey: similarKey });
    },
  });
  const submit = () => {
    if (form.values.family_name?.trim() || form.values.given_name?.trim()) create.mutate();
    else form.show({ family_name: { message: t('patient.name_needed') } });
  };
  return (
    <FormShell
      form={form}
      labels={labelsOf(fields)}
      submit={t('action.create')}
      busy={create.isPending || create.isSuccess}
      error={create.error}
      unanswered={t('record.unanswered')}
      onSubmit={submit}
      onCancel={() => void navigate({ to: '/patients' })}
    >
      <Existing error={create.error} kind="patients" />
      <SimilarPatients values={form.values} />
      <RecordFields form={form} fields={fields} />
    </FormShell>
  );
}
