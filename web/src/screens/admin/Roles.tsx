import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { replaces } from '../../api/problem';
import { ForRole } from '../../shell/pages';
import { DataTable } from '../../ui/DataTable';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemView } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import { SecondFactorRequirement } from './SecondFactorRequirement';

/** What each role may do. */
export function Roles() {
  const { t } = useTranslation();
  return (
    <ForRole least="admin">
      <PageHeader title={t('admin.roles.title')} detail={t('admin.roles.text')}>
        {t('admin.roles.title')}
      </PageHeader>
      <RolesTable />
    </ForRole>
  );
}

function RolesTable() {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['roles', i18n.language],
    queryFn: ({ signal }) => body(api.GET('/api/roles', { signal })),
  });
  if (replaces(error, data)) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={3} />;
  return (
    <DataTable
      caption={t('admin.roles.title')}
      columns={[
        { key: 'name', header: t('account.role'), cell: ({ name }) => t(`role.${name}`) },
        { key: 'may', header: t('admin.roles.may'), wide: true, cell: ({ name }) => t(`admin.roles.may_${name}`) },
        {
          key: 'second_factor',
          header: t('second_factor.required'),
          cell: (role) => <SecondFactorRequirement role={role} />,
        },
      ]}
      rows={data.items}
      rowKey={({ id }) => id}
    />
  );
}
