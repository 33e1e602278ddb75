import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { replaces } from '../../api/problem';
import type { AccountSession } from '../../api/types';
import { confirm } from '../../ui/confirm';
import { type Column, DataTable } from '../../ui/DataTable';
import { useFormats } from '../../ui/format';
import { ProblemView } from '../../ui/ProblemView';
import { EmptyState, Loading } from '../../ui/states';
import { toast } from '../../ui/toasts';
import { attempted } from '../attempt';
import { programOf } from './program';

interface Props {
  title: string;
  cacheKey: readonly unknown[];
  read: (signal: AbortSignal) => Promise<{ items: AccountSession[] }>;
  end: (id: number) => Promise<unknown>;
  /** Ends all but the one that asks. */
  endOthers: (others: AccountSession[]) => Promise<unknown>;
  /** What the button of `endOthers` says, and what it asks first. */
  others: { action: string; title: string; text: string; done: string };
}

/** Where an account is signed in, the latest use first; any of it can be ended. */
export function Sessions({ title, cacheKey, read, end, endOthers, others }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ queryKey: cacheKey, queryFn: ({ signal }) => read(signal) });
  const columns = useColumns(async (id) => {
    if (await attempted(() => end(id))) toast(t('account.sessions.ended'));
  });
  const rows = data?.items ?? [];
  const endable = rows.filter(({ current }) => !current);
  const endAll = async () => {
    const sure = await confirm({ title: others.title, text: others.text, action: others.action, dangerous: true });
    if (sure && (await attempted(() => endOthers(endable)))) toast(others.done);
  };
  const content = (): ReactNode => {
    if (replaces(error, data)) return <ProblemView error={error} onRetry={() => void refetch()} />;
    if (!data) return <Loading lines={3} />;
    if (rows.length === 0) return <EmptyState title={t('account.sessions.none')} />;
    return <DataTable caption={title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
  };
  return (
    <section className="card" aria-label={title}>
      <div className="card-header">
        <h2>{title}</h2>
        {endable.length > 0 && (
          <Button size="xs" variant="default" onClick={() => void endAll()}>
            {others.action}
          </Button>
        )}
      </div>
      {content()}
    </section>
  );
}

function useColumns(end: (id: number) => Promise<void>): Column<AccountSession>[] {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const name = ({ device, user_agent }: AccountSession) =>
    device || programOf(user_agent) || t('account.sessions.unknown');
  return [
    { key: 'device', header: t('account.sessions.device'), cell: name },
    {
      key: 'address',
      header: t('account.sessions.address'),
      cell: ({ address }) => <span className="number">{address}</span>,
    },
    {
      key: 'created_at',
      header: t('account.sessions.created_at'),
      cell: ({ created_at }) => instant(created_at),
    },
    {
      key: 'last_used_at',
      header: t('account.sessions.last_used_at'),
      cell: ({ last_used_at }) => instant(last_used_at),
    },
    {
      key: 'actions',
      header: t('list.actions'),
      cell: (row) =>
        row.current ? (
          <span className="status" data-status="available">
            {t('account.sessions.current')}
          </span>
        ) : (
          <Button
            size="xs"
            variant="default"
            aria-label={t('list.action_of', { action: t('account.sessions.end'), what: name(row) })}
            onClick={() => void end(row.id)}
          >
            {t('account.sessions.end')}
          </Button>
        ),
    },
  ];
}
