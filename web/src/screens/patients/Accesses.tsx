import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { replaces } from '../../api/problem';
import { useMay } from '../../api/session';
import { BusyButton } from '../../ui/BusyButton';
import { ButtonLink } from '../../ui/ButtonLink';
import { DataTable } from '../../ui/DataTable';
import { useFormats } from '../../ui/format';
import { ProblemView } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';

/** Who saw a patient or the patient's studies, for administrators. Read when it is opened. */
export function Accesses({ id }: { id: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!useMay('admin')) return null;
  return (
    <details className="card no-print" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('access.title')}</summary>
      {open && <AccessList id={id} />}
    </details>
  );
}

function AccessList({ id }: { id: number }) {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['patients', id, 'accesses'],
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { id }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } };
      return body(api.GET('/api/patients/{id}/accesses', { params, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
  });
  const act = (action: string) => {
    const verb = verbs.find((one) => action.startsWith(one));
    return verb ? t(`access.${verb}`) : action;
  };
  if (replaces(error, data)) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={3} />;
  return (
    <>
      <DataTable
        caption={t('access.title')}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        columns={[
          { key: 'at', header: t('access.at'), cell: ({ at }) => instant(at) },
          { key: 'actor', header: t('access.actor'), cell: ({ actor_name, actor_type }) => actor_name ?? actor_type },
          { key: 'action', header: t('access.action'), cell: ({ action }) => act(action) },
          {
            key: 'resource',
            header: t('access.resource'),
            cell: ({ resource_type }) => (resource_type === 'study' ? t('study.title') : t('patient.title')),
          },
          { key: 'address', header: t('access.address'), cell: ({ address }) => address },
        ]}
      />
      {error && <ProblemView error={error} onRetry={() => void refetch()} />}
      <div className="actions accesses">
        {hasNextPage && (
          <BusyButton variant="default" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('search.more')}
          </BusyButton>
        )}
        <ButtonLink variant="default" to="/audit" search={{ patient_fk: id }}>
          {t('access.in_trail')}
        </ButtonLink>
      </div>
    </>
  );
}

/** The first words of the names of operations. */
const verbs = [
  'get',
  'list',
  'create',
  'update',
  'replace',
  'delete',
  'restore',
  'purge',
  'revert',
  'import',
  'export',
] as const;
