import { useNavigate } from '@tanstack/react-router';
import i18next from 'i18next';
import { api, body, ifMatch } from '../../api/client';
import { confirm } from '../../ui/confirm';
import { toast } from '../../ui/toasts';
import { attempted, type Leave } from '../attempt';

export type Table = 'patients' | 'studies';

/** A write without a form, with a message when it failed. True when it was done. */
export async function attempt(write: () => Promise<unknown>, leave?: Leave): Promise<boolean> {
  return (await attempted(write, leave)) !== null;
}

export async function restore(table: Table, id: number, leave?: Leave): Promise<boolean> {
  const params = { path: { id } };
  const write = () =>
    table === 'patients'
      ? body(api.POST('/api/patients/{id}/restore', { params }))
      : body(api.POST('/api/studies/{id}/restore', { params }));
  const done = await attempt(write, leave);
  if (done) toast(i18next.t('bin.restored'));
  return done;
}

/** Moves a record to the bin; for ten seconds the message offers to take that back. */
export async function moveToBin(table: Table, id: number, version: number, leave?: Leave): Promise<boolean> {
  const params = { path: { id }, header: ifMatch(version) };
  const write = () =>
    table === 'patients'
      ? body(api.DELETE('/api/patients/{id}', { params }))
      : body(api.DELETE('/api/studies/{id}', { params }));
  const done = await attempt(write, leave);
  if (done) toast(i18next.t('bin.moved'), { undo: async () => void (await restore(table, id)) });
  return done;
}

/** Deletes a record of the bin for good, once it is confirmed. */
export async function purge(table: Table, id: number, version: number, what: string): Promise<boolean> {
  const sure = await confirm({
    title: i18next.t('bin.purge_title'),
    text: i18next.t('bin.purge_text', { what }),
    action: i18next.t('action.purge'),
    dangerous: true,
  });
  if (!sure) return false;
  const params = { path: { id }, query: { purge: true }, header: ifMatch(version) };
  const done = await attempt(() =>
    table === 'patients'
      ? body(api.DELETE('/api/patients/{id}', { params }))
      : body(api.DELETE('/api/studies/{id}', { params })),
  );
  if (done) toast(i18next.t('bin.purged'));
  return done;
}

/** Moves the record of a page to the bin, and leaves the page. */
export function useMoveToBin(table: Table): (id: number, version: number) => Promise<void> {
  const navigate = useNavigate();
  return async (id, version) => {
    await moveToBin(table, id, version, () => navigate({ to: table === 'patients' ? '/patients' : '/studies' }));
  };
}
