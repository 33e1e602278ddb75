import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { session } from './api/session';
import { withMore } from './i18n';
import { listSearch, recordSearch, studyCreateSearch, typeSearch } from './screens/params';
import { useKeptFocus } from './shell/focus';
import { Gate } from './shell/Gate';
import { KeptCodes } from './shell/KeptCodes';
import { ErrorPage, NotFoundPage } from './shell/pages';
import type { Remembered } from './shell/remembered';
import { Shell } from './shell/Shell';
import { useShortcuts } from './shell/shortcuts';
import { Announcer } from './ui/announce';
import { Confirmation } from './ui/confirm';
import { Toasts } from './ui/toasts';

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface HistoryState extends Remembered {
    /** The account of which it is remembered. */
    owner?: number;
  }
}

function Root() {
  useShortcuts();
  useKeptFocus();
  return (
    <>
      <Gate>
        <Shell>
          <Outlet />
        </Shell>
      </Gate>
      <KeptCodes />
      <Toasts />
      <Confirmation />
      <Announcer />
    </>
  );
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

/** The id in an address; an address without a number is none of ours. */
const id = {
  parse: (params: { id: string }) => ({ id: Number(params.id) }),
  stringify: (params: { id: number }) => ({ id: String(params.id) }),
};

const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    validateSearch: typeSearch,
    component: lazyRouteComponent(() => import('./screens/search/SearchHome'), 'SearchHome'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/patients',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./screens/patients/PatientsList'), 'PatientsList'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/patients/new',
    component: lazyRouteComponent(() => import('./screens/patients/PatientCreate'), 'PatientCreate'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/patients/$id',
    params: id,
    validateSearch: recordSearch,
    component: lazyRouteComponent(() => import('./screens/patients/PatientPage'), 'PatientPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/patients/$id/edit',
    params: id,
    component: lazyRouteComponent(() => import('./screens/patients/PatientEdit'), 'PatientEdit'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studies',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./screens/studies/StudiesList'), 'StudiesList'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studies/new',
    validateSearch: studyCreateSearch,
    component: lazyRouteComponent(() => import('./screens/studies/StudyCreate'), 'StudyCreate'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studies/$id',
    params: id,
    validateSearch: recordSearch,
    component: lazyRouteComponent(() => import('./screens/studies/StudyPage'), 'StudyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studies/$id/edit',
    params: id,
    component: lazyRouteComponent(() => import('./screens/studies/StudyEdit'), 'StudyEdit'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/bin',
    validateSearch: typeSearch,
    component: lazyRouteComponent(() => import('./screens/bin/Bin'), 'Bin'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/import',
    component: lazyRouteComponent(() => withMore(import('./screens/import/ImportPage')), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/account',
    component: lazyRouteComponent(() => withMore(import('./screens/account/Account')), 'Account'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/statistics',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => withMore(import('./screens/statistics/StatisticsPage')), 'StatisticsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/users',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => withMore(import('./screens/admin/UsersList')), 'UsersList'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/users/new',
    component: lazyRouteComponent(() => withMore(import('./screens/admin/UserCreate')), 'UserCreate'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/users/$id',
    params: id,
    component: lazyRouteComponent(() => withMore(import('./screens/admin/UserPage')), 'UserPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/users/$id/edit',
    params: id,
    component: lazyRouteComponent(() => withMore(import('./screens/admin/UserEdit')), 'UserEdit'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/roles',
    component: lazyRouteComponent(() => withMore(import('./screens/admin/Roles')), 'Roles'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/api-keys',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => withMore(import('./screens/admin/ApiKeysList')), 'ApiKeysList'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/api-keys/new',
    component: lazyRouteComponent(() => withMore(import('./screens/admin/ApiKeyCreate')), 'ApiKeyCreate'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/audit',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => withMore(import('./screens/audit/AuditPage')), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/accessibility',
    component: lazyRouteComponent(() => withMore(import('./screens/Accessibility')), 'Accessibility'),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/app',
  // A page that breaks stays within the frame, with the ways out of it.
  defaultErrorComponent: ErrorPage,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingMs: 150,
});

// What the page remembers goes with the account; its address stays.
session.onForget(() => router.history.replace(router.history.location.href, {}, { ignoreBlocker: true }));
