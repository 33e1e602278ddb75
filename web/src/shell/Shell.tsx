import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../api/session';
import {
  IconAccounts,
  IconAudit,
  IconChart,
  IconHelp,
  IconImport,
  IconKey,
  IconMenu,
  IconPatients,
  IconSearch,
  IconSettings,
  IconSignOut,
  IconStudies,
  IconTrash,
  IconUser,
} from '../ui/icons';
import { Choices } from './Choices';
import { leave } from './leave';
import { Offline } from './Offline';
import { SessionEnd } from './SessionEnd';
import { useShortcut } from './shortcuts';

const Help = lazy(() => import('./Help'));

/** The frame of every page: where one is, where one can go, and who one is. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu of a narrow page closes when another page opens
  useEffect(() => setOpen(false), [path]);
  useShortcut('/', 'search', () => {
    const field = document.getElementById('search');
    if (field) field.focus();
    else void navigate({ to: '/' });
  });
  useShortcut('?', 'help', () => setHelp(true));
  const menu = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    menu.current?.focus();
  };
  useShortcut('Escape', 'close', close, open);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="top no-print">
        <Link to="/" className="brand">
          <img src="/app/icon.svg" alt="" width="28" height="28" />
          {t('app.name')}
        </Link>
        <button
          type="button"
          ref={menu}
          className="menu-button"
          aria-expanded={open}
          aria-controls="menu"
          onClick={() => setOpen(!open)}
        >
          <IconMenu size={22} aria-hidden />
          {t('app.menu')}
        </button>
      </header>
      <nav id="menu" className="side no-print" data-open={open || undefined} aria-label={t('app.main_navigation')}>
        <div>
          <Places />
          <Administration />
        </div>
        <Account onHelp={() => setHelp(true)} />
      </nav>
      <main id="content" tabIndex={-1}>
        <Offline />
        <SessionEnd />
        {children}
      </main>
      <Suspense>{help && <Help onClose={() => setHelp(false)} />}</Suspense>
    </div>
  );
}

function Places() {
  const { t } = useTranslation();
  const mayWrite = useMay('modification');
  return (
    <ul>
      <Place to="/" icon={<IconSearch size={20} aria-hidden />} label={t('nav.search')} />
      <Place to="/patients" icon={<IconPatients size={20} aria-hidden />} label={t('nav.patients')} />
      <Place to="/studies" icon={<IconStudies size={20} aria-hidden />} label={t('nav.studies')} />
      {mayWrite && <Place to="/bin" icon={<IconTrash size={20} aria-hidden />} label={t('nav.bin')} />}
      {mayWrite && <Place to="/import" icon={<IconImport size={20} aria-hidden />} label={t('nav.import')} />}
      <Place to="/statistics" icon={<IconChart size={20} aria-hidden />} label={t('nav.statistics')} />
    </ul>
  );
}

function Administration() {
  const { t } = useTranslation();
  if (!useMay('admin')) return null;
  return (
    <section className="places" aria-labelledby="administration">
      <h2 id="administration">{t('nav.administration')}</h2>
      <ul>
        <Place to="/users" icon={<IconAccounts size={20} aria-hidden />} label={t('nav.users')} />
        <Place to="/roles" icon={<IconSettings size={20} aria-hidden />} label={t('nav.roles')} />
        <Place to="/api-keys" icon={<IconKey size={20} aria-hidden />} label={t('nav.api_keys')} />
        <Place to="/audit" icon={<IconAudit size={20} aria-hidden />} label={t('nav.audit')} />
      </ul>
    </section>
  );
}

type To =
  | '/'
  | '/patients'
  | '/studies'
  | '/bin'
  | '/import'
  | '/statistics'
  | '/users'
  | '/roles'
  | '/api-keys'
  | '/audit'
  | '/account'
  | '/accessibility';

function Place({ to, icon, label }: { to: To; icon?: ReactNode; label: string }) {
  return (
    <li>
      <Link
        to={to}
        className="place"
        activeOptions={{ exact: to === '/', includeSearch: false }}
        activeProps={{ 'aria-current': 'page' }}
      >
        {icon}
        {label}
      </Link>
    </li>
  );
}

function Account({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <div className="account">
      <p className="who">
        {user?.display_name || user?.username}
        <span className="dimmed">{user && t(`role.${user.role}`)}</span>
      </p>
      <ul>
        <Place to="/account" icon={<IconUser size={20} aria-hidden />} label={t('nav.account')} />
        <li>
          <button type="button" className="place" onClick={onHelp}>
            <IconHelp size={20} aria-hidden />
            {t('nav.help')}
          </button>
        </li>
        <li>
          <button type="button" className="place" onClick={() => void leave()}>
            <IconSignOut size={20} aria-hidden />
            {t('nav.sign_out')}
          </button>
        </li>
      </ul>
      <Choices />
      <ul>
        <Place to="/accessibility" label={t('nav.accessibility')} />
      </ul>
    </div>
  );
}
