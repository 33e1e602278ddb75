import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { demonstration } from './demonstration';
import { account, done, password } from './server';
import { setting } from './setting';
import { totp } from './totp';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every screen, and what is done on it before it is looked at. */
const screens: Record<string, { path: string; act?: (page: Page) => Promise<unknown> }> = {
  'search, empty': { path: '/' },
  'search, results': {
    path: '/',
    act: async (page) => {
      await page.locator('#search').fill('lef');
      await page.locator('main mark').first().waitFor();
    },
  },
  'search, nothing found': {
    path: '/',
    act: async (page) => {
      await page.locator('#search').fill('zzzzqq');
      await page.locator('.empty').waitFor();
    },
  },
  patients: { path: '/patients?sex=F', act: (page) => page.locator('.choice > summary').click() },
  'a patient': { path: '/patients/1' },
  'the history of a patient, and who saw the patient': {
    path: '/patients/1',
    act: async (page) => {
      await page.locator('.studies, details.card').first().waitFor();
      for (const summary of await page.locator('details.card > summary').all()) await summary.click();
      await page.locator('.versions > li').first().waitFor();
      await page.locator('details.card table').waitFor();
    },
  },
  'a new patient': { path: '/patients/new', act: (page) => page.locator('details.card > summary').click() },
  'a new patient, faulty': {
    path: '/patients/new',
    act: async (page) => {
      await page.locator('[name=birth_date]').fill('31/02/1980');
      await page.locator('[name=family_name]').fill('a^b');
      await page.locator('[name=birth_date]').focus();
      await page.keyboard.press('Enter');
      await page.locator('[role=alert] a').first().waitFor();
    },
  },
  'the calendar': {
    path: '/patients/1/edit',
    act: async (page) => {
      await page.locator('[name=birth_date]').waitFor();
      await page.locator('.mantine-TextInput-section button').first().click();
      await page.getByRole('table').waitFor();
    },
  },
  studies: { path: '/studies', act: (page) => page.locator('.filters > summary').click() },
  'a study': { path: '/studies/1' },
  'a new study': { path: '/studies/new?patient=1' },
  "a new study's patient": {
    path: '/studies/new',
    act: async (page) => {
      await page.locator('#search').fill('lef');
      await page.locator('main mark').first().waitFor();
    },
  },
  'editing a study': { path: '/studies/1/edit' },
  'the bin': { path: '/bin' },
  'a patient in the bin': { path: '/patients/13?deleted=true' },
  import: { path: '/import' },
  'an import, tried out': {
    path: '/import',
    act: async (page) => {
      const lines = 'patient_id;family_name;birth_date\nA-1;Garnier;1971-04-02\nA-2;Roux;1980-13-02\n';
      const files = [
        { name: 'patients.csv', mimeType: 'text/csv', buffer: Buffer.from(lines) },
        { name: 'IM0001', mimeType: '', buffer: Buffer.from('no DICOM') },
      ];
      await page.locator('input[data-choice=files]').setInputFiles(files);
      await page.locator('.import-start button').first().click();
      await page.locator('#import-report').waitFor();
    },
  },
  'the own account': { path: '/account' },
  statistics: { path: '/statistics', act: (page) => page.getByRole('table').first().waitFor() },
  accounts: { path: '/users', act: (page) => page.locator('.filters > summary').click() },
  'a new account': { path: '/users/new' },
  'an account': { path: '/users/1', act: (page) => page.getByRole('table').waitFor() },
  'editing an account': { path: '/users/1/edit' },
  roles: { path: '/roles' },
  'keys of the API': { path: '/api-keys', act: (page) => page.getByRole('table').waitFor() },
  'a new key of the API': { path: '/api-keys/new' },
  'a second factor being set up': {
    path: '/account',
    act: async (page) => {
      await page
        .locator('section', { has: page.locator('.spaced + button') })
        .getByRole('button')
        .last()
        .click();
      await page.locator('[name=own_password]').fill(password);
      await page.keyboard.press('Enter');
      await page.locator('.qr').waitFor();
    },
  },
  'a demand of a role': {
    path: '/roles',
    act: async (page) => {
      await page.getByRole('switch').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'leaving what was changed': {
    path: '/patients/2/edit',
    act: async (page) => {
      await page.locator('[name=comments]').fill('À rappeler');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor();
    },
  },
  'a conflict': {
    path: '/patients/3/edit',
    act: async (page) => {
      await page.locator('[name=comments]').fill(`Ici ${Date.now()}`);
      const params = { path: { id: 3 }, header: { 'If-Match': '*' } };
      await done(
        (await here.server.api()).PATCH('/api/patients/{id}', { params, body: { comments: `Ailleurs ${Date.now()}` } }),
      );
      await page.keyboard.press('Control+s');
      await page.getByRole('dialog').waitFor();
    },
  },
  'a purge': {
    path: '/bin',
    act: async (page) => {
      await page.locator('tbody tr').first().getByRole('button').last().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'an error of the server': {
    path: '/no/such/page',
    act: async (page) => {
      const problem = { code: 'internal', status: 500, title: '500', detail: '-', request_id: 'f00' };
      await page.route('**/api/studies?*', (route) => route.fulfill({ status: 500, json: problem }));
      await go(page, '/studies?modality=MG');
      await page.locator('.problem').waitFor();
      await page.unroute('**/api/studies?*');
    },
  },
  'the audit trail': { path: '/audit', act: (page) => page.locator('.filters > summary').click() },
  'an event of the trail': {
    path: '/audit?actor_type=user&actor_id=1',
    act: async (page) => {
      await page.locator('[data-row-link]').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  accessibility: { path: '/accessibility' },
  'no such page': { path: '/no/such/page' },
  'no such patient': { path: '/patients/999999' },
  help: { path: '/accessibility', act: (page) => page.keyboard.press('?') },
};

const widths = [360, 768, 1280];
const here = setting(demonstration);

/** What axe finds wrong on a page as it is shown. */
async function findings(page: Page): Promise<string[]> {
  // The page's own policy lets no foreign script in; a debugger may.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const results = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    return await axe.run({ resultTypes: ['violations'] });
  });
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** What is wider than the window: nobody should scroll in two directions (WCAG 1.4.10). */
async function overflow(page: Page): Promise<string[]> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
  return scrollWidth > clientWidth ? [`${scrollWidth} px wide in a window of ${clientWidth} px`] : [];
}

/** What is too small to be hit. Whatever a label or a row has for its control counts with it; links within a sentence do not. */
async function tooSmall(page: Page, least: number): Promise<string[]> {
  return await page.evaluate((least) => {
    const stage = document.querySelector('dialog[open]') ?? document.body;
    const controls = 'a[href], button, input, select, textarea, summary';
    return [...stage.querySelectorAll<HTMLElement>(controls)].flatMap((control) => {
      if (!control.checkVisibility({ visibilityProperty: true }) || control.matches('.skip')) return [];
      const boxed = control.matches('[type=checkbox], [type=radio]')
        ? ((control as HTMLInputElement).labels ?? [])
        : [];
      const spread = getComputedStyle(control, '::after').position === 'absolute' ? [control.offsetParent] : [];
      const boxes = [control, ...boxed, ...spread].flatMap((one) => one?.getBoundingClientRect() ?? []);
      const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
      const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top));
      const name = control.textContent || control.getAttribute('aria-label') || control.id;
      return Math.min(width, height) < least ? [`${control.tagName} ${name}: ${width} by ${height} px`] : [];
    });
  }, least);
}

/** The same for a finger. */
async function tooSmallForFingers(page: Page): Promise<string[]> {
  const debugging = await page.context().newCDPSession(page);
  await debugging.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
  const found = [...(await tooSmall(page, 44)), ...(await overflow(page))];
  await debugging.send('Emulation.setTouchEmulationEnabled', { enabled: false });
  await debugging.detach();
  return found;
}

/** What is wrong with a screen in both themes, at every width, as to its width alone enlarged to 400 %, and to be hit. */
async function look(page: Page, name: string, found: Record<string, string[]>): Promise<void> {
  const note = (where: string, faults: string[]) => {
    if (faults.length > 0) found[`${name}, ${where}`] = faults;
  };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      note(`${colorScheme}, ${width}`, [...(await findings(page)), ...(await overflow(page))]);
    }
  }
  // What a window of 1280 by 1024 px has room for at 400 %.
  await page.setViewportSize({ width: 320, height: 256 });
  note('400 %', await overflow(page));
  await page.setViewportSize({ width: widths[0] ?? 360, height: 800 });
  note('to be hit', await tooSmall(page, 24));
  note('to be touched', await tooSmallForFingers(page));
}

/** Leaves for another page of the interface, without loading it anew. */
const leave = (page: Page, path: string) =>
  page.evaluate((address) => {
    document.querySelector('h1')?.setAttribute('data-left', '');
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/app${path}`);

/** Opens another page, by way of one of another kind: so there is a new heading to wait for. */
async function go(page: Page, path: string): Promise<void> {
  const here = await page.evaluate(() => location.pathname.slice('/app'.length));
  const between = ['/accessibility', '/no/such/page', '/bin'].find((other) => other !== here && other !== path) ?? '/';
  for (const address of [between, path]) {
    await leave(page, address);
    await page.locator('h1:not([data-left])').waitFor();
  }
  await page.waitForLoadState('networkidle');
}

/** Signs in whatever the language. */
async function enter(page: Page, username: string, secret = password): Promise<void> {
  await page.locator('[name=username]').fill(username);
  await page.locator('[name=password]').fill(secret);
  await page.keyboard.press('Enter');
}

const locales = { fr: 'fr-FR', en: 'en-GB' };

describe.each(['fr', 'en'] as const)('in %s', (language) => {
  const options = { reducedMotion: 'reduce', locale: locales[language] } as const;

  test('every screen', { timeout: 900_000 }, async () => {
    const context = await here.person(options);
    const page = await context.newPage();
    await page.goto('/app/');
    await enter(page, 'admin');
    await page.locator('main#content').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    const found: Record<string, string[]> = {};
    for (const [name, { path, act }] of Object.entries(screens)) {
      await page.setViewportSize({ width: widths[0] ?? 360, height: 800 });
      await go(page, path);
      await act?.(page);
      await look(page, name, found);
      await page.keyboard.press('Escape');
    }
    expect(found).toEqual({});
  });

  test('the doors before and over the screens', { timeout: 600_000 }, async () => {
    const found: Record<string, string[]> = {};
    const username = `second-factor-${language}`;
    const api = await here.server.api();
    const id = await account(here.server, 'lecture', username);
    const context = await here.person(options);
    const page = await context.newPage();
    await page.goto('/app/account');
    await page.locator('[name=username]').waitFor();
    await look(page, 'the sign-in', found);
    await enter(page, username);
    await page
      .locator('section', { has: page.locator('.spaced + button') })
      .getByRole('button')
      .last()
      .click();
    await page.locator('[name=own_password]').fill(password);
    await page.keyboard.press('Enter');
    const secret = (await page.locator('.typed-secret').textContent()) ?? '';
    await page.locator('[name=own_code]').fill(totp(secret));
    await page.keyboard.press('Enter');
    await page.locator('.recovery-codes').waitFor();
    await look(page, 'the recovery codes', found);
    await page.locator('dialog > .actions:last-child button').click();
    const renew = page.locator('section .facts + .actions button').first();
    await renew.waitFor();
    await look(page, 'an account with a second factor', found);
    await renew.click();
    await look(page, 'a proof', found);
    await page.keyboard.press('Escape');
    await done(api.DELETE('/api/users/{id}/sessions', { params: { path: { id } } }));
    await leave(page, '/patients');
    await page.locator('dialog [name=username]').waitFor();
    await look(page, 'a session that has ended', found);
    await enter(page, username);
    await page.locator('[name=code]').waitFor();
    await look(page, 'the code', found);

    const made = await done(api.POST('/api/users', { body: { username: `new-${language}`, role: 'modification' } }));
    const require = (second_factor_required: boolean) =>
      done(
        api.PATCH('/api/roles/{id}', {
          params: { path: { id: 2 }, header: { 'If-Match': '*' } },
          body: { second_factor_required },
        }),
      );
    await require(true);
    const other = await here.person(options);
    const door = await other.newPage();
    await door.goto('/app/');
    await enter(door, made.username, made.one_time_password ?? '');
    await door.locator('[name=repeated]').waitFor();
    await look(door, 'a password to be changed', found);
    await door.locator('[name=current_password]').fill(made.one_time_password ?? '');
    await door.locator('[name=new_password]').fill(password);
    await door.locator('[name=repeated]').fill(password);
    await door.keyboard.press('Enter');
    await door.locator('[name=own_password]').waitFor();
    await look(door, 'a second factor to be set up', found);
    await require(false);
    expect(found).toEqual({});
  });
});
