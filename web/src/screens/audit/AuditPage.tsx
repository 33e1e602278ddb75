import { Button, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import type { AuditEvent, AuditEventPage } from '../../api/types';
import { ForRole } from '../../shell/pages';
import type { Column } from '../../ui/DataTable';
import { useFormats } from '../../ui/format';
import { IconAudit, IconClose } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/states';
import { ExportButton } from '../lists/ExportButton';
import { Filters, RangeFilter, SelectFilter } from '../lists/Filters';
import { ListView, useChange } from '../lists/ListView';
import { pageQuery } from '../lists/usePages';
import type { ListSearch } from '../params';
import { instantsOf } from './days';
import { EventDialog } from './EventDialog';
import { Integrity } from './Integrity';
import { actors, outcomes, resources, useAuditNames } from './names';
import { OutcomeBadge } from './OutcomeBadge';

const usual = ['actor', 'action', 'resource', 'outcome', 'address'];

/** Who did what: the audit trail, and whether it is intact. */
export function AuditPage() {
  const { t } = useTranslation();
  return (
    <ForRole least="admin">
      <PageHeader title={t('audit.title')} detail={t('audit.text')}>
        {t('audit.title')}
      </PageHeader>
      <Integrity />
      <Events />
    </ForRole>
  );
}

type Filtered = ReturnType<typeof filtersOf>;

/** What the address asks for, in the words of the contract. */
function filtersOf({ at, actor_type, actor_id, action, outcome, resource_type, patient_fk, request_id }: ListSearch) {
  const days = at && instantsOf(at);
  const known = Object.entries(outcomes).find(([group]) => group === outcome)?.[1] ?? outcome;
  return {
    ...(days && days !== '..' ? { at: days } : {}),
    ...(actor_type ? { actor_type } : {}),
    ...(actor_id ? { actor_id } : {}),
    ...(action ? { action } : {}),
    ...(known ? { outcome: known } : {}),
    ...(resource_type ? { resource_type } : {}),
    ...(patient_fk ? { patient_fk } : {}),
    ...(request_id ? { request_id } : {}),
  };
}

function Events() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/audit' });
  const [open, setOpen] = useState<AuditEvent | null>(null);
  const columns = useColumns(setOpen);
  const filters = filtersOf(search);
  return (
    <>
      <EventFilters search={search} />
      <ListView
        caption={t('audit.title')}
        cacheKey={['audit-events', filters]}
        columns={columns}
        usual={usual}
        search={search}
        order="-at"
        fetch={(cursor, signal) => readPage(filters, cursor, signal)}
        tools={
          <ExportButton
            name="audit-events"
            read={() =>
              body(
                api.GET('/api/audit-events', {
                  params: { query: filters },
                  headers: { Accept: 'text/csv' },
                  parseAs: 'blob',
                }),
              )
            }
          />
        }
        empty={<EmptyState icon={<IconAudit size={36} aria-hidden />} title={t('audit.none')} />}
      />
      {open && <EventDialog event={open} onClose={() => setOpen(null)} />}
    </>
  );
}

/** A page of events: the contract also has them as text, for those who ask for CSV. */
function readPage(filters: Filtered, cursor: string | undefined, signal: AbortSignal) {
  const query = pageQuery(filters, cursor);
  return body(api.GET('/api/audit-events', { params: { query }, signal })) as Promise<AuditEventPage>;
}

function EventFilters({ search }: { search: ListSearch }) {
  const { t } = useTranslation();
  const names = useAuditNames();
  const change = useChange();
  const set = (name: keyof ListSearch) => (value: string | undefined) =>
    change({ ...search, [name]: value ?? '', page: 1 });
  const { at, actor_type, actor_id, action, outcome, resource_type, patient_fk, request_id, columns } = search;
  const active = [at, actor_type, actor_id, action, outcome, resource_type, patient_fk, request_id].some(Boolean);
  return (
    <Filters active={active} onClear={() => change({ ...(columns ? { columns } : {}) })}>
      <RangeFilter label={t('audit.when')} value={at} onChange={set('at')} />
      <SelectFilter
        label={t('audit.actor_type')}
        value={actor_type}
        options={actors.map((value) => ({ value, label: names.actor(value) }))}
        onChange={(value) => change({ ...search, actor_type: value ?? '', actor_id: undefined, page: 1 })}
      />
      <SelectFilter label={t('audit.action_of')} value={action} options={names.actions()} onChange={set('action')} />
      <SelectFilter
        label={t('audit.outcome')}
        value={outcome}
        options={Object.keys(outcomes).map((value) => ({
          value,
          label: t(`audit.outcomes.${value as keyof typeof outcomes}`),
        }))}
        onChange={set('outcome')}
      />
      <SelectFilter
        label={t('audit.resource')}
        value={resource_type}
        options={resources.map((value) => ({ value, label: names.resource(value) }))}
        onChange={set('resource_type')}
      />
      <RequestFilter value={request_id ?? ''} onChange={set('request_id')} />
      {actor_id && (
        <Only
          what={t('audit.row', { kind: names.actor(actor_type ?? 'user'), id: actor_id })}
          onRemove={() => change({ ...search, actor_id: undefined, actor_type: '', page: 1 })}
        />
      )}
      {patient_fk && (
        <Only
          what={t('audit.row', { kind: t('audit.resources.patient'), id: patient_fk })}
          onRemove={() => change({ ...search, patient_fk: undefined, page: 1 })}
        />
      )}
    </Filters>
  );
}

/** A reference that is pasted or typed whole: looked for once it is left or confirmed. */
function RequestFilter({ value, onChange }: { value: string; onChange: (value: string | undefined) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const take = () => {
    const text = typed.trim();
    if (text !== value) onChange(text || undefined);
  };
  return (
    <TextInput
      label={t('audit.request_id')}
      description={t('audit.request_hint')}
      maxLength={64}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value.replace(/[^A-Za-z0-9._-]/g, ''))}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}

/** A filter that was set by going from something to its events. */
function Only({ what, onRemove }: { what: string; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      variant="light"
      rightSection={<IconClose size={16} aria-hidden />}
      title={t('audit.only_hint')}
      onClick={onRemove}
    >
      {t('audit.only', { what })}
    </Button>
  );
}

function useColumns(onOpen: (event: AuditEvent) => void): Column<AuditEvent>[] {
  const { t } = useTranslation();
  const { moment, number } = useFormats();
  const names = useAuditNames();
  return [
    {
      key: 'at',
      header: t('audit.at'),
      cell: (event) => (
        <button type="button" className="plain row-link" data-row-link onClick={() => onOpen(event)}>
          {moment(event.at)}
        </button>
      ),
    },
    { key: 'actor', header: t('audit.actor'), cell: (event) => <span translate="no">{names.who(event)}</span> },
    { key: 'action', header: t('audit.action_of'), cell: ({ action }) => names.action(action) },
    {
      key: 'resource',
      header: t('audit.resource'),
      cell: ({ resource_type, resource_id }) =>
        resource_type && resource_id ? t('audit.row', { kind: names.resource(resource_type), id: resource_id }) : null,
    },
    { key: 'outcome', header: t('audit.outcome'), cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
    {
      key: 'results',
      header: t('audit.results'),
      numeric: true,
      cell: ({ results }) => results != null && number(results),
    },
    { key: 'address', header: t('audit.address'), cell: ({ address }) => <span className="number">{address}</span> },
    {
      key: 'request_id',
      header: t('audit.request_id'),
      cell: ({ request_id }) => <span className="number">{request_id}</span>,
    },
  ];
}
