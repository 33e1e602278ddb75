import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body, ifMatch, mergePatch } from '../../api/client';
import { patientQuery } from '../../api/queries';
import type { components } from '../../api/schema';
import { ForRole } from '../../shell/pages';
import { PageHeader } from '../../ui/PageHeader';
import { PersonName } from '../../ui/PersonName';
import { ProblemPage } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import { RecordEdit } from '../records/RecordEdit';
import { usePatientFields } from './fields';
import { PatientLine } from './PatientLine';

export function PatientEdit() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/patients/$id/edit' });
  const navigate = useNavigate();
  const fields = usePatientFields().map((field) =>
    field.name === 'patient_id' ? { ...field, rule: { ...field.rule, required: true } } : field,
  );
  const { data: patient, error, refetch } = useQuery(patientQuery(id));
  if (error && !patient) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  if (!patient) return <Loading />;
  const params = { path: { id } };
  return (
    <ForRole least="modification">
      <PageHeader title={t('patient.edit')} detail={<PatientLine patient={patient} />}>
        {t('patient.edit_of')} <PersonName name={patient.patient_name} />
      </PageHeader>
      <RecordEdit
        fields={fields}
        record={patient}
        read={() => body(api.GET('/api/patients/{id}', { params }))}
        write={(changed, version) =>
          body(
            api.PATCH('/api/patients/{id}', {
              params: { ...params, header: ifMatch(version) },
              headers: mergePatch,
              body: changed as components['schemas']['PatientPatch'],
            }),
          )
        }
        onDone={() => void navigate({ to: '/patients/$id', params: { id }, replace: true })}
      />
    </ForRole>
  );
}
