import { QueryClient, queryOptions } from '@tanstack/react-query';
import { api, body } from './client';
import { isPassing } from './problem';
import { session } from './session';

/** What was read of the server. A failed read is tried twice more when it may pass. */
export const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && isPassing(error),
      // The browser is not asked whether it is online: the server may be on this machine or in the house.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
session.onForget(() => cache.clear());

/** A patient; one in the bin is another question. */
export const patientQuery = (id: number, deleted = false) =>
  queryOptions({
    queryKey: ['patients', id, { deleted }],
    queryFn: ({ signal }) =>
      body(api.GET('/api/patients/{id}', { params: { path: { id }, query: inBin(deleted) }, signal })),
  });

export const studyQuery = (id: number, deleted = false) =>
  queryOptions({
    queryKey: ['studies', id, { deleted }],
    queryFn: ({ signal }) =>
      body(api.GET('/api/studies/{id}', { params: { path: { id }, query: inBin(deleted) }, signal })),
  });

/** An account; its holder changes it too, so it is read anew whenever its page is opened. */
export const userQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', id],
    staleTime: 0,
    queryFn: ({ signal }) => body(api.GET('/api/users/{id}', { params: { path: { id } }, signal })),
  });

/** The parameter that asks for what is in the bin. */
export const inBin = (deleted: boolean) => (deleted ? { deleted } : {});

/**
 * Forgets every list and row, after a write: one row shows in many places. What no page shows is not kept until it is read
 * anew, since a page that opens with a former version of a row would offer to change that.
 */
export async function reread(): Promise<void> {
  cache.removeQueries({ type: 'inactive' });
  await cache.invalidateQueries();
}
