import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body, ifMatch, mergePatch } from '../../api/client';
import { studyQuery } from '../../api/queries';
import type { components } from '../../api/schema';
import { ForRole } from '../../shell/pages';
import { PageHeader } from '../../ui/PageHeader';
import { PersonName } from '../../ui/PersonName';
import { ProblemPage } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import { RecordEdit } from '../records/RecordEdit';
import { useStudyFields } from './fields';

export function StudyEdit() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/studies/$id/edit' });
  const navigate = useNavigate();
  const fields = useStudyFields().map((field) =>
    field.name === 'study_instance_uid' ? { ...field, rule: { ...field.rule, required: true } } : field,
  );
  const { data: study, error, refetch } = useQuery(studyQuery(id));
  if (error && !study) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  if (!study) return <Loading />;
  const params = { path: { id } };
  return (
    <ForRole least="modification">
      <PageHeader title={t('study.edit')} detail={study.patient && <PersonName name={study.patient.patient_name} />}>
        {t('study.edit')}
      </PageHeader>
      <RecordEdit
        fields={fields}
        record={study}
        read={() => body(api.GET('/api/studies/{id}', { params }))}
        write={(changed, version) =>
          body(
            api.PATCH('/api/studies/{id}', {
              params: { ...params, header: ifMatch(version) },
              headers: mergePatch,
              body: changed as components['schemas']['StudyPatch'],
            }),
          )
        }
        onDone={() => void navigate({ to: '/studies/$id', params: { id }, replace: true })}
      />
    </ForRole>
  );
}
