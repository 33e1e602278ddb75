import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body, ifMatch } from '../../api/client';
import type { ApiKey } from '../../api/types';
import { ForRole } from '../../shell/pages';
import { useShortcut } from '../../shell/shortcuts';
import { ButtonLink } from '../../ui/ButtonLink';
import { confirm } from '../../ui/confirm';
import type { Column } from '../../ui/DataTable';
import { useFormats } from '../../ui/format';
import { IconKey, IconPlus } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { SecretDialog } from '../../ui/SecretDialog';
import { EmptyState } from '../../ui/states';
import { toast } from '../../ui/toasts';
import { attempted } from '../attempt';
import { Filters, SelectFilter } from '../lists/Filters';
import { ListView, useChange } from '../lists/ListView';
import { pageQuery } from '../lists/usePages';

const usual = ['prefix', 'role', 'networks', 'expires_at', 'last_used_at', 'actions'];

/** The keys by which programs use the API. */
export function ApiKeysList() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useShortcut('n', 'new', () => void navigate({ to: '/api-keys/new' }));
  const create = (
    <ButtonLink to="/api-keys/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {t('admin.keys.new')}
    </ButtonLink>
  );
  return (
    <ForRole least="admin">
      <PageHeader title={t('admin.keys.title')} detail={t('admin.keys.text')} actions={create}>
        {t('admin.keys.title')}
      </PageHeader>
      <Keys />
    </ForRole>
  );
}

function Keys() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/api-keys' });
  const change = useChange();
  const [rotated, setRotated] = useState<string | null>(null);
  const columns = useKeyColumns(setRotated);
  const { sort = 'name', columns: chosen = '', revoked } = search;
  const filters = revoked === 'true' ? { revoked: true } : {};
  return (
    <>
      <Filters active={revoked !== undefined} onClear={() => change({ sort, columns: chosen })}>
        <SelectFilter
          label={t('admin.users.state')}
          value={revoked}
          none={t('admin.keys.good')}
          options={[{ value: 'true', label: t('admin.keys.revoked_ones') }]}
          onChange={(value) => change({ ...search, revoked: value ?? '', page: 1 })}
        />
      </Filters>
      <ListView
        caption={t('admin.keys.title')}
        cacheKey={['api-keys', sort, filters]}
        columns={columns}
        usual={usual}
        search={search}
        order="name"
        fetch={(cursor, signal) =>
          body(
            api.GET('/api/api-keys', {
              params: { query: pageQuery({ sort, ...filters }, cursor) },
              signal,
            }),
          )
        }
        empty={<EmptyState icon={<IconKey size={36} aria-hidden />} title={t('admin.keys.none')} />}
      />
      {rotated && (
        <SecretDialog
          title={t('admin.keys.rotated')}
          text={t('admin.keys.rotated_text')}
          label={t('admin.keys.key')}
          secret={rotated}
          onClose={() => setRotated(null)}
        />
      )}
    </>
  );
}

function useKeyColumns(onRotated: (key: string) => void): Column<ApiKey>[] {
  const { t } = useTranslation();
  const { instant } = useFormats();
  return [
    { key: 'name', sort: 'name', header: t('admin.keys.name'), cell: ({ name }) => name },
    { key: 'prefix', header: t('admin.keys.prefix'), cell: ({ prefix }) => <span className="number">{prefix}…</span> },
    {
      key: 'role',
      header: t('account.role'),
      cell: ({ role, scope }) => (scope ? t(`admin.keys.scope_${scope}`) : t(`role.${role}`)),
    },
    {
      key: 'networks',
      header: t('admin.keys.networks'),
      cell: ({ networks }) =>
        networks.length === 0 ? t('admin.keys.everywhere') : <span className="number">{networks.join(' ')}</span>,
    },
    {
      key: 'expires_at',
      sort: 'expires_at',
      header: t('admin.keys.expires_at'),
      cell: ({ expires_at }) => instant(expires_at),
    },
    {
      key: 'last_used_at',
      sort: 'last_used_at',
      header: t('admin.keys.last_used_at'),
      cell: ({ last_used_at }) => (last_used_at ? instant(last_used_at) : t('admin.never')),
    },
    {
      key: 'created_at',
      sort: 'created_at',
      header: t('fields.patient.created_at'),
      cell: ({ created_at }) => instant(created_at),
    },
    {
      key: 'actions',
      header: t('list.actions'),
      wide: true,
      cell: (row) => <Actions row={row} onRotated={onRotated} />,
    },
  ];
}

function Actions({ row, onRotated }: { row: ApiKey; onRotated: (key: string) => void }) {
  const { t } = useTranslation();
  const { instant } = useFormats();
  if (row.revoked_at)
    return (
      <span className="status" data-status="cancelled">
        {t('admin.keys.revoked_at', { date: instant(row.revoked_at) })}
      </span>
    );
  const path = { id: row.id };
  const rotate = async () => {
    const sure = await confirm({
      title: t('admin.keys.rotate_title', { name: row.name }),
      text: t('admin.keys.rotate_text'),
      action: t('admin.keys.rotate'),
    });
    if (!sure) return;
    const done = await attempted(() => body(api.POST('/api/api-keys/{id}/rotate', { params: { path } })));
    if (done) onRotated(done.answer.key);
  };
  const revoke = async () => {
    const sure = await confirm({
      title: t('admin.keys.revoke_title', { name: row.name }),
      text: t('admin.keys.revoke_text'),
      action: t('admin.keys.revoke'),
      dangerous: true,
    });
    const params = { path, header: ifMatch(row.version) };
    if (sure && (await attempted(() => body(api.DELETE('/api/api-keys/{id}', { params })))))
      toast(t('admin.keys.revoked', { name: row.name }));
  };
  return (
    <div className="actions">
      <Button
        size="xs"
        variant="default"
        aria-label={t('list.action_of', { action: t('admin.keys.rotate'), what: row.name })}
        onClick={() => void rotate()}
      >
        {t('admin.keys.rotate')}
      </Button>
      <Button
        size="xs"
        variant="default"
        aria-label={t('list.action_of', { action: t('admin.keys.revoke'), what: row.name })}
        onClick={() => void revoke()}
      >
        {t('admin.keys.revoke')}
      </Button>
    </div>
  );
}
