import { TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { type Account, roles } from '../../api/types';
import { ForRole } from '../../shell/pages';
import { useShortcut } from '../../shell/shortcuts';
import { ButtonLink } from '../../ui/ButtonLink';
import type { Column } from '../../ui/DataTable';
import { useFormats } from '../../ui/format';
import { IconAccounts, IconPlus } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/states';
import { useDebounced } from '../../ui/useDebounced';
import { Filters, SelectFilter } from '../lists/Filters';
import { ListView, useChange } from '../lists/ListView';
import { pageQuery } from '../lists/usePages';
import { UserState } from './UserState';

const usual = ['display_name', 'role', 'state', 'last_login_at'];

/** The accounts: who may sign in, and as what. */
export function UsersList() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useShortcut('n', 'new', () => void navigate({ to: '/users/new' }));
  const create = (
    <ButtonLink to="/users/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {t('admin.users.new')}
    </ButtonLink>
  );
  return (
    <ForRole least="admin">
      <PageHeader title={t('admin.users.title')} actions={create}>
        {t('admin.users.title')}
      </PageHeader>
      <Accounts />
    </ForRole>
  );
}

function Accounts() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/users' });
  const change = useChange();
  const columns = useUserColumns();
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed.trim(), 250);
  const { sort = 'username', columns: chosen = '', role, active } = search;
  const filters = { ...(role ? { role } : {}), ...(active ? { active: active === 'true' } : {}), ...(q ? { q } : {}) };
  return (
    <>
      <Filters
        active={role !== undefined || active !== undefined || typed !== ''}
        onClear={() => {
          setTyped('');
          change({ sort, columns: chosen });
        }}
      >
        <TextInput
          label={t('admin.users.find')}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            if (search.page) change({ ...search, page: 1 });
          }}
        />
        <SelectFilter
          label={t('account.role')}
          value={role}
          options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(value) => change({ ...search, role: value ?? '', page: 1 })}
        />
        <SelectFilter
          label={t('admin.users.state')}
          value={active}
          options={[
            { value: 'true', label: t('admin.users.active') },
            { value: 'false', label: t('admin.users.inactive') },
          ]}
          onChange={(value) => change({ ...search, active: value ?? '', page: 1 })}
        />
      </Filters>
      <ListView
        caption={t('admin.users.title')}
        cacheKey={['users', 'list', sort, filters]}
        columns={columns}
        usual={usual}
        search={search}
        order="username"
        fetch={(cursor, signal) =>
          body(
            api.GET('/api/users', {
              params: { query: pageQuery({ sort, ...filters }, cursor) },
              signal,
            }),
          )
        }
        empty={<EmptyState icon={<IconAccounts size={36} aria-hidden />} title={t('admin.users.none')} />}
      />
    </>
  );
}

function useUserColumns(): Column<Account>[] {
  const { t } = useTranslation();
  const { instant } = useFormats();
  return [
    {
      key: 'username',
      sort: 'username',
      header: t('sign_in.username'),
      cell: ({ id, username }) => (
        <Link to="/users/$id" params={{ id }} className="row-link" data-row-link translate="no">
          {username}
        </Link>
      ),
    },
    {
      key: 'display_name',
      sort: 'display_name',
      header: t('account.display_name'),
      cell: ({ display_name }) => display_name,
    },
    { key: 'role', header: t('account.role'), cell: ({ role }) => t(`role.${role}`) },
    { key: 'state', header: t('admin.users.state'), cell: (user) => <UserState user={user} /> },
    {
      key: 'last_login_at',
      sort: 'last_login_at',
      header: t('admin.users.last_login_at'),
      cell: ({ last_login_at }) => (last_login_at ? instant(last_login_at) : t('admin.never')),
    },
    {
      key: 'created_at',
      sort: 'created_at',
      header: t('fields.patient.created_at'),
      cell: ({ created_at }) => instant(created_at),
    },
    {
      key: 'updated_at',
      sort: 'updated_at',
      header: t('fields.patient.updated_at'),
      cell: ({ updated_at }) => instant(updated_at),
    },
  ];
}
