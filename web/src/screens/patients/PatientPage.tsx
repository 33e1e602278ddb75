import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { replaces } from '../../api/problem';
import { patientQuery } from '../../api/queries';
import { useMay } from '../../api/session';
import type { Patient } from '../../api/types';
import { useShortcut } from '../../shell/shortcuts';
import { ButtonLink } from '../../ui/ButtonLink';
import { IconEdit } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { PersonName } from '../../ui/PersonName';
import { ProblemPage } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import { History } from '../records/History';
import { InBin } from '../records/InBin';
import { RecordActions } from '../records/RecordActions';
import { useMoveToBin } from '../records/remove';
import { useNewStudyShortcut } from '../studies/NewStudyButton';
import { Accesses } from './Accesses';
import { usePatientFields } from './fields';
import { PatientFacts } from './PatientFacts';
import { PatientLine } from './PatientLine';
import { PatientStudies } from './PatientStudies';

export function PatientPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/patients/$id' });
  const { deleted } = useSearch({ from: '/patients/$id' });
  const { data: patient, error, refetch } = useQuery(patientQuery(id, deleted));
  const fields = usePatientFields();
  useNewStudyShortcut(id);
  if (replaces(error, patient)) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  if (!patient) return <Loading />;
  return (
    <>
      <PageHeader
        title={t('patient.title')}
        detail={<PatientLine patient={patient} />}
        actions={<Actions patient={patient} />}
      >
        <PersonName name={patient.patient_name} />
      </PageHeader>
      <InBin table="patients" row={patient} />
      <PatientFacts patient={patient} />
      {!patient.deleted_at && <PatientStudies patient={patient} />}
      <History table="patients" row={patient} fields={fields} />
      <Accesses id={patient.id} />
    </>
  );
}

function Actions({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const moveToBin = useMoveToBin('patients');
  const may = useMay('modification') && !patient.deleted_at;
  useShortcut('e', 'edit', () => void navigate({ to: '/patients/$id/edit', params: { id: patient.id } }), may);
  return (
    <RecordActions
      may={may}
      edit={
        <ButtonLink
          to="/patients/$id/edit"
          params={{ id: patient.id }}
          leftSection={<IconEdit size={18} aria-hidden />}
        >
          {t('action.edit')}
        </ButtonLink>
      }
      onDelete={() => void moveToBin(patient.id, patient.version)}
      kept={patient.number_of_studies > 0 ? t('patient.kept') : undefined}
    />
  );
}
