import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { replaces } from '../../api/problem';
import { useMay } from '../../api/session';
import type { Patient, Study } from '../../api/types';
import { ForRole } from '../../shell/pages';
import { BusyButton } from '../../ui/BusyButton';
import { type Column, DataTable } from '../../ui/DataTable';
import { useFormats } from '../../ui/format';
import { IconRestore, IconTrash } from '../../ui/icons';
import { plainName } from '../../ui/names';
import { PageHeader } from '../../ui/PageHeader';
import { PersonName } from '../../ui/PersonName';
import { ProblemView } from '../../ui/ProblemView';
import { EmptyState, Loading } from '../../ui/states';
import { purge, restore, type Table } from '../records/remove';

/** What was deleted: to be restored, or by an administrator deleted for good. */
export function Bin() {
  const { t } = useTranslation();
  const { type = 'patient' } = useSearch({ from: '/bin' });
  const navigate = useNavigate({ from: '/bin' });
  return (
    <ForRole least="modification">
      <PageHeader title={t('nav.bin')} detail={t('bin.text')}>
        {t('nav.bin')}
      </PageHeader>
      <SegmentedControl
        mb="md"
        aria-label={t('search.type')}
        value={type}
        data={[
          { value: 'patient', label: t('nav.patients') },
          { value: 'study', label: t('nav.studies') },
        ]}
        onChange={(value) => void navigate({ search: value === 'study' ? { type: 'study' } : {}, replace: true })}
      />
      {type === 'patient' ? <BinOfPatients /> : <BinOfStudies />}
    </ForRole>
  );
}

type Deleted = { id: number; version: number; deleted_at?: string | null };

function BinOfPatients() {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: ['patients', 'bin'],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/patients', {
          params: { query: { deleted: true, sort: '-updated_at', ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const columns: Column<Patient>[] = [
    {
      key: 'name',
      header: t('fields.patient.patient_name'),
      cell: ({ id, patient_name }) => (
        <Link to="/patients/$id" params={{ id }} search={{ deleted: true }} className="row-link" data-row-link>
          <PersonName name={patient_name} />
        </Link>
      ),
    },
    {
      key: 'patient_id',
      header: t('fields.patient.patient_id'),
      cell: ({ patient_id }) => <span className="number">{patient_id}</span>,
    },
  ];
  return <Rows table="patients" query={query} columns={columns} what={({ patient_name }) => plainName(patient_name)} />;
}

function BinOfStudies() {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: ['studies', 'bin'],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/studies', {
          params: { query: { deleted: true, sort: '-updated_at', ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const columns: Column<Study>[] = [
    {
      key: 'study_description',
      header: t('fields.study.study_description'),
      cell: ({ id, study_description }) => (
        <Link to="/studies/$id" params={{ id }} search={{ deleted: true }} className="row-link" data-row-link>
          {study_description || t('study.untitled')}
        </Link>
      ),
    },
    {
      key: 'patient',
      header: t('fields.study.patient_fk'),
      cell: ({ patient }) => patient && <PersonName name={patient.patient_name} />,
    },
  ];
  return (
    <Rows
      table="studies"
      query={query}
      columns={columns}
      what={({ study_description }) => study_description || t('study.untitled')}
    />
  );
}

interface RowsProps<T> {
  table: Table;
  query: {
    data: { pages: { items: T[] }[] } | undefined;
    error: Error | null;
    refetch: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  columns: Column<T>[];
  /** What is to be deleted for good, in the question. */
  what: (row: T) => string;
}

function Rows<T extends Deleted>({ table, query, columns, what }: RowsProps<T>) {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const mayPurge = useMay('admin');
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  if (replaces(error, data)) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const rows = data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <EmptyState icon={<IconTrash size={36} aria-hidden />} title={t('bin.empty')} />;
  const all: Column<T>[] = [
    ...columns,
    {
      key: 'deleted_at',
      header: t('fields.patient.deleted_at'),
      cell: ({ deleted_at }) => deleted_at && instant(deleted_at),
    },
    {
      key: 'actions',
      header: t('list.actions'),
      wide: true,
      cell: (row) => (
        <div className="actions">
          <Button
            size="xs"
            variant="default"
            aria-label={t('list.action_of', { action: t('action.restore'), what: what(row) })}
            leftSection={<IconRestore size={16} aria-hidden />}
            onClick={() => void restore(table, row.id)}
          >
            {t('action.restore')}
          </Button>
          {mayPurge && (
            <Button
              size="xs"
              variant="default"
              aria-label={t('list.action_of', { action: t('action.purge'), what: what(row) })}
              onClick={() => void purge(table, row.id, row.version, what(row))}
            >
              {t('action.purge')}
            </Button>
          )}
        </div>
      ),
    },
  ];
  return (
    <>
      <DataTable caption={t('nav.bin')} columns={all} rows={rows} rowKey={({ id }) => id} />
      {error && <ProblemView error={error} onRetry={() => void refetch()} />}
      {hasNextPage && (
        <BusyButton mt="sm" variant="default" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('search.more')}
        </BusyButton>
      )}
    </>
  );
}
