import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open, person } from './browser';
import { demonstration } from './demonstration';
import { Server } from './server';

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
  'a new patient': { path: '/patients/new', act: (page) => page.locator('details.card > summary').click() },
  'a new patient, faulty': {
    path: '/patients/new',
    act: async (page) => {
      await page.locator('#field-birth_date').fill('31/02/1980');
      await page.locator('#field-family_name').fill('a^b');
      await page.locator('#field-birth_date').focus();
      await page.keyboard.press('Enter');
      await page.locator('[role=alert] a').first().waitFor();
    },
  },
  'the calendar': {
    path: '/patients/1/edit',
    act: async (page) => {
      await page.locator('#field-birth_date').waitFor();
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
  'the own account': { path: '/account' },
  statistics: { path: '/statistics', act: (page) => page.getByRole('table').first().waitFor() },
  accounts: { path: '/users', act: (page) => page.locator('.filters > summary').click() },
  'a new account': { path: '/users/new' },
  'an account': { path: '/users/1', act: (page) => page.getByRole('table').waitFor() },
  'editing an account': { path: '/users/1/edit' },
  roles: { path: '/roles' },
  'keys of the API': { path: '/api-keys', act: (page) => page.getByRole('table').waitFor() },
  'a new key of the API': { path: '/api-keys/new' },
  accessibility: { path: '/accessibility' },
  'no such page': { path: '/no/such/page' },
  'no such patient': { path: '/patients/999999' },
  help: { path: '/accessibility', act: (page) => page.keyboard.press('?') },
};

const widths = [360, 768, 1280];
let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = await Server.start();
  browser = await launch();
  await demonstration(server);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** What axe finds wrong on a page as it is shown. */
async function findings(page: Page): Promise<string[]> {
  // The page's own policy lets no foreign script in; a debugger may.
  await page.evaluate(axe);
  const results = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    return await axe.run({ resultTypes: ['violations'] });
  });
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** Whether the page is wider than the window: nobody should scroll in two directions (WCAG 1.4.10). */
const overflows = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

test.each(['fr', 'en'])(
  'every screen in %s, at every width, in both themes',
  { timeout: 900_000 },
  async (language) => {
    const context = await person(browser, server, { reducedMotion: 'reduce' });
    await context.addInitScript(
      (chosen) => localStorage.setItem('patientele-preferences', JSON.stringify({ language: chosen })),
      'fr',
    );
    const page = await open(context, '/');
    await page.locator('.choices select').first().selectOption(language);
    const found: Record<string, string[]> = {};

    for (const [name, { path, act }] of Object.entries(screens)) {
      await page.setViewportSize({ width: widths[0] ?? 360, height: 800 });
      await page.evaluate((address) => history.pushState(null, '', address), `/app${path}`);
      await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')));
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      await act?.(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 });
          const faults = await findings(page);
          if (await overflows(page)) faults.push('wider than the window');
          if (faults.length > 0) found[`${name}, ${colorScheme}, ${width}`] = faults;
        }
      }
      await page.keyboard.press('Escape');
    }
    expect(found).toEqual({});
    await context.close();
  },
);

test.each(['light', 'dark'] as const)('the sign-in, %s', async (colorScheme) => {
  for (const locale of ['fr-FR', 'en-GB']) {
    const context = await person(browser, server, { colorScheme, locale });
    const page = await context.newPage();
    await page.goto('/app/');
    await page.locator('#field-username').waitFor();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      expect(await findings(page), `${locale} ${width}`).toEqual([]);
      expect(await overflows(page), `${locale} ${width}`).toBe(false);
    }
    await context.close();
  }
});
