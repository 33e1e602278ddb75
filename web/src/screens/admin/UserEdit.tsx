import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body, ifMatch, mergePatch } from '../../api/client';
import { userQuery } from '../../api/queries';
import type { components } from '../../api/schema';
import { ForRole } from '../../shell/pages';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemPage } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import { RecordEdit } from '../records/RecordEdit';
import { useAccountFields } from './fields';

export function UserEdit() {
  return (
    <ForRole least="admin">
      <Edit />
    </ForRole>
  );
}

function Edit() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/users/$id/edit' });
  const navigate = useNavigate();
  const { display_name, role, active } = useAccountFields();
  const fields = [{ ...display_name, rule: { ...display_name.rule, required: true } }, role, active];
  const { data: user, error, refetch } = useQuery(userQuery(id));
  if (error && !user) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  if (!user) return <Loading />;
  const params = { path: { id } };
  return (
    <>
      <PageHeader title={t('admin.users.edit')} detail={user.username}>
        {t('admin.users.edit')}
      </PageHeader>
      <RecordEdit
        fields={fields}
        record={user}
        read={() => body(api.GET('/api/users/{id}', { params }))}
        write={({ active: state, ...changed }, version) =>
          body(
            api.PATCH('/api/users/{id}', {
              params: { ...params, header: ifMatch(version) },
              headers: mergePatch,
              body: {
                ...changed,
                ...(state === undefined ? {} : { active: state === 'true' }),
              } as components['schemas']['UserPatch'],
            }),
          )
        }
        onDone={() => void navigate({ to: '/users/$id', params: { id }, replace: true })}
      />
    </>
  );
}
