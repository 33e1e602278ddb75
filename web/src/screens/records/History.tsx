import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body, ifMatch } from '../../api/client';
import { replaces } from '../../api/problem';
import { inBin } from '../../api/queries';
import type { components } from '../../api/schema';
import { useMay } from '../../api/session';
import { BusyButton } from '../../ui/BusyButton';
import { confirm } from '../../ui/confirm';
import { useFormats } from '../../ui/format';
import { ProblemView } from '../../ui/ProblemView';
import { Loading } from '../../ui/states';
import { toast } from '../../ui/toasts';
import { type FieldDefinition, textOf } from './definition';
import { attempt, type Table } from './remove';
import { useShown } from './shown';

type Version = components['schemas']['Version'];

interface Props {
  table: Table;
  row: { id: number; version: number; deleted_at?: string | null };
  fields: FieldDefinition[];
}

/** Who changed what and when, and the way back. It is read when it is opened. */
export function History(props: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details className="card no-print" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('history.title')}</summary>
      {open && <Versions {...props} />}
    </details>
  );
}

function Versions({ table, row, fields }: Props) {
  const { t } = useTranslation();
  const { id } = row;
  const deleted = Boolean(row.deleted_at);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [table, id, 'history', row.version],
    queryFn: ({ pageParam, signal }) => {
      const params = {
        path: { id },
        query: { ...inBin(deleted), limit: 20, ...(pageParam ? { cursor: pageParam } : {}) },
      };
      return table === 'patients'
        ? body(api.GET('/api/patients/{id}/history', { params, signal }))
        : body(api.GET('/api/studies/{id}/history', { params, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  if (replaces(error, data)) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={3} />;
  return (
    <>
      <ol className="versions">
        {data.pages
          .flatMap(({ items }) => items)
          .map((version) => (
            <VersionView key={version.version} table={table} row={row} fields={fields} version={version} />
          ))}
      </ol>
      {error && <ProblemView error={error} onRetry={() => void refetch()} />}
      {hasNextPage && (
        <BusyButton variant="default" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('search.more')}
        </BusyButton>
      )}
    </>
  );
}

function VersionView({ table, row, fields, version }: Props & { version: Version }) {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const may = useMay('modification') && !row.deleted_at && version.version !== row.version;
  return (
    <li>
      <div className="card-header">
        <p>
          <b>{t('history.version', { version: version.version })}</b> · {instant(version.at)} ·{' '}
          {version.actor_name ?? t('history.nobody')}
        </p>
        {may && (
          <Button size="xs" variant="default" onClick={() => void revert(table, row, version.version)}>
            {t('history.revert')}
          </Button>
        )}
      </div>
      <dl className="changes">
        {version.changes.map(({ field, old, new: now }) => (
          <Change
            key={field}
            field={field}
            definition={fields.find(({ name }) => name === field)}
            old={old}
            now={now}
          />
        ))}
      </dl>
    </li>
  );

  async function revert(table: Table, { id, version: current }: Props['row'], version: number) {
    const text = t('history.revert_text', { version });
    if (!(await confirm({ title: t('history.revert_title'), text, action: t('history.revert') }))) return;
    const options = { params: { path: { id }, header: ifMatch(current) }, body: { version } };
    const done = await attempt(() =>
      table === 'patients'
        ? body(api.POST('/api/patients/{id}/revert', options))
        : body(api.POST('/api/studies/{id}/revert', options)),
    );
    if (done) toast(t('history.reverted'));
  }
}

interface ChangeProps {
  field: string;
  definition: FieldDefinition | undefined;
  old: unknown;
  now: unknown;
}

/** A field that a version changed, from what to what. */
function Change({ field, definition, old, now }: ChangeProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const { instant } = useFormats();
  const show = (value: unknown) => {
    const text = textOf(value);
    if (text === '') return t('fields.none');
    if (definition) return shown(definition, text);
    return field.endsWith('_at') ? instant(text) : text;
  };
  const label =
    definition?.label ??
    (field === 'deleted_at' ? t('nav.bin') : field === 'patient_fk' ? t('fields.study.patient_fk') : field);
  return (
    <div>
      <dt>{label}</dt>
      <dd translate="no">
        {textOf(old) !== '' && <del>{show(old)}</del>} <ins>{show(now)}</ins>
      </dd>
    </div>
  );
}
