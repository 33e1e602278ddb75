import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe.each(['fr', 'en'])('in %s', (language) => {
  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test('every screen, at every width', { timeout: 600_000 }, async () => {
      const context = await person(browser, server, { colorScheme, reducedMotion: 'reduce' });
      await context.addInitScript(
        (chosen) => localStorage.setItem('patientele-preferences', JSON.stringify({ language: chosen })),
        'fr',
      );
      const page = await open(context, '/');
      await page.locator('.choices select').first().selectOption(language);
      const found: Record<string, string[]> = {};

      for (const [name, { path, act }] of Object.entries(screens)) {
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 });
          if (width === widths[0]) {
            await page.evaluate((address) => history.pushState(null, '', address), `/app${path}`);
            await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')));
            await page.locator('h1').first().waitFor();
            await page.waitForLoadState('networkidle');
            await act?.(page);
          }
          const faults = await findings(page);
          if (await overflows(page)) faults.push('wider than the window');
          if (faults.length > 0) found[`${name}, ${width}`] = faults;
        }
        await page.keyboard.press('Escape');
      }
      expect(found).toEqual({});
      await context.close();
    });
  });
});

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
