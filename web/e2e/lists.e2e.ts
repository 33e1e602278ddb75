import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, open } from './browser';
import { demonstration } from './demonstration';
import { setting } from './setting';

const here = setting(demonstration);

const rows = (page: Page) => page.locator('main tbody tr');
const firstRow = (page: Page, name: string) => rows(page).first().getByRole('link', { name }).waitFor();

test('order, filters and columns stand in the address, where back, a reload and another window find them', async () => {
  const context = await here.person({ viewport: { width: 1280, height: 800 } });
  const page = await open(context, '/patients');
  await rows(page).first().waitFor();
  await page.getByRole('button', { name: 'Date de naissance' }).click();
  await firstRow(page, 'Durand Paul');
  await page.locator('.filters > summary').click();
  await page.getByRole('combobox', { name: 'Sexe' }).selectOption('F');
  await firstRow(page, 'Durand Paule');
  await page.locator('.choice > summary').click();
  await page.getByRole('checkbox', { name: 'Téléphone' }).check();
  await page.getByRole('columnheader', { name: 'Téléphone' }).waitFor();
  const choice = page.locator('.choice-body');
  await page.keyboard.press('Escape');
  expect(await choice.isVisible()).toBe(false);
  await page.keyboard.press('Enter');
  expect(await choice.isVisible(), 'the focus is where it was opened').toBe(true);
  await page.getByRole('heading', { level: 1 }).click();
  expect(await choice.isVisible(), 'nothing lies over a list that is turned to').toBe(false);
  const address = page.url();
  expect(address).toMatch(/sort=birth_date/);
  expect(address).toMatch(/sex=F/);
  expect(address).toMatch(/columns=.*telephone_number/);
  expect(decodeURIComponent(address), 'nothing of a person').not.toMatch(/Durand|Paule|1934/i);

  await page.reload();
  await firstRow(page, 'Durand Paule');
  await page.getByRole('columnheader', { name: 'Téléphone' }).waitFor();
  await page.getByRole('link', { name: 'Durand Paule' }).click();
  await heading(page, 'Durand Paule');
  await page.goBack();
  await firstRow(page, 'Durand Paule');
  expect(page.url()).toBe(address);
  const other = await context.newPage();
  await other.goto(address);
  await firstRow(other, 'Durand Paule');
  await other.getByRole('columnheader', { name: 'Téléphone' }).waitFor();
});

/** The texts of a page that are hard to read on white paper: below 4.5:1. */
const pale = (page: Page) =>
  page.evaluate(() => {
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
        const value = Number(part) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const texts = [...document.querySelectorAll('main *')].filter(
      (element) =>
        element.checkVisibility() &&
        [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim()),
    );
    return texts
      .filter((text) => 1.05 / (luminance(getComputedStyle(text).color) + 0.05) < 4.5)
      .map((text) => text.outerHTML);
  });

test('the list that is shown is saved as a table, and it and a patient are printed without what is only of use on a screen', async () => {
  const page = await open(await here.person(), '/patients?sex=F&sort=birth_date');
  await firstRow(page, 'Durand Paule');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Exporter en CSV' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^patients-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await saved.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines[1]).toContain('Durand');
  expect(lines[1]).toContain('Paule');
  expect(lines, 'the women, and the heading').toHaveLength(1 + (await rows(page).count()));
  expect(lines.join()).not.toContain('Artagnan');

  for (const [path, shown] of [
    ['/patients', 'Durand Paule'],
    ['/patients/1', '06 12 34 56 78'],
    ['/studies', 'IRM cérébrale'],
  ] as const) {
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`/app${path}`);
    await page.getByText(shown).first().waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.getByText(shown).first().isVisible(), path).toBe(true);
    for (const part of [
      page.getByRole('navigation').first(),
      page.locator('header.top'),
      page.locator('.actions').first(),
    ])
      expect(await part.isVisible(), path).toBe(false);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper, 'ink is for text').toBe('rgb(255, 255, 255)');
    expect(await pale(page), `${path} is dark on white`).toEqual([]);
  }
});

test('filters stay open under the hands of who clears them', async () => {
  const page = await open(await here.person(), '/patients?sex=F');
  const sex = page.getByRole('combobox', { name: 'Sexe' });
  await firstRow(page, 'Benali Yasmine');
  await sex.selectOption('');
  await firstRow(page, 'Benali Yasmine');
  await page.getByText('12 résultats').first().waitFor();
  expect(await sex.isVisible()).toBe(true);
});

test('what is awaited for longer than 150 ms has an outline, and nothing before', async () => {
  const page = await open(await here.person(), '/accessibility');
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/statistics*', async (route) => {
    await held;
    await route.continue();
  });
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.getByRole('link', { name: 'Statistiques' }).click();
  await heading(page, 'Statistiques');
  const outline = page.locator('.loading');
  await page.clock.runFor(149);
  expect(await outline.count(), 'what comes at once does not flicker').toBe(0);
  await page.clock.runFor(1);
  await outline.waitFor();
  await page.clock.resume();
  release();
  await page.getByRole('table', { name: 'Examens par modalité' }).waitFor();
  expect(await outline.count()).toBe(0);
});

test('what could not be read says why, under which number, and is read again', async () => {
  const page = await open(await here.person(), '/patients');
  await rows(page).first().waitFor();
  const problem = {
    code: 'internal',
    status: 500,
    title: 'Une erreur du serveur',
    detail: 'Réessayez.',
    request_id: 'r-77',
  };
  await page.route('**/api/studies?*', (route) => route.fulfill({ status: 500, json: problem }));
  await page.getByRole('link', { name: 'Examens', exact: true }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Une erreur du serveur' });
  await alert.getByText('r-77').waitFor();
  await page.unroute('**/api/studies?*');
  await alert.getByRole('button', { name: 'Réessayer' }).click();
  await rows(page).first().waitFor();
});

test('a search that is overtaken by more typing is given up', async () => {
  const page = await open(await here.person(), '/');
  const asked: string[] = [];
  const ended: string[] = [];
  const text = (body: string | null) => (JSON.parse(body ?? '{}') as { q: string }).q;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/search', async (route) => {
    asked.push(text(route.request().postData()));
    if (asked.length === 1) await held;
    await route.continue().catch(() => null);
  });
  page.on('requestfailed', (request) => ended.push(text(request.postData())));
  const field = page.getByLabel('Rechercher un patient ou un examen');
  await field.fill('l');
  await page.getByText('Tapez au moins deux caractères').waitFor();
  await field.fill('lef');
  await expect.poll(() => asked, { timeout: 15_000 }).toEqual(['lef']);
  await field.fill('kowa');
  await page.getByRole('link', { name: 'Kowalski Łucja' }).waitFor();
  expect(ended, 'the first is cancelled').toEqual(['lef']);
  release();
  expect(asked).toEqual(['lef', 'kowa']);
});

test('a range of days keeps the keyboard where it is, and back goes back', async () => {
  for (const [path, label] of [
    ['/studies', 'Date'],
    ['/statistics', 'Date des examens'],
    ['/audit', 'Date'],
  ] as const) {
    const context = await here.person();
    const page = await open(context, '/accessibility');
    const link = { '/studies': 'Examens', '/statistics': 'Statistiques', '/audit': 'Journal' }[path];
    await page.getByRole('link', { name: link, exact: true }).click();
    await heading(page, link);
    await page.locator('.filters > summary').click();
    const from = page.getByLabel(`${label} : du`, { exact: true });
    const to = page.getByLabel(`${label} : au`, { exact: true });
    await from.focus();
    await page.keyboard.type('01012026');
    await page.waitForURL(/2026-01-01/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await to.evaluate((field) => field === document.activeElement), path).toBe(true);
    await page.keyboard.type('31/12/2025');
    await page.getByText('la fin précède le début').waitFor();
    expect(page.url(), 'nothing is asked for that is nothing').not.toContain('2025');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('31/01/2026');
    await page.waitForURL(/2026-01-31/);
    await page.goBack();
    await page.waitForURL(/2026-01-01/);
    await expect.poll(() => to.inputValue()).toBe('');
    expect(await from.inputValue()).toBe('01/01/2026');
    await page.goBack();
    await expect.poll(() => from.inputValue()).toBe('');
    await page.goBack();
    await page.waitForURL(/accessibility/);
    await page.goForward();
    await page.goForward();
    await expect.poll(() => from.inputValue()).toBe('01/01/2026');
    await page.getByRole('button', { name: 'Effacer les filtres' }).click();
    await expect.poll(() => from.inputValue()).toBe('');
  }
});

test('a list without columns, and one past its end, is what it says', async () => {
  const page = await open(await here.person(), '/patients?sex=F&columns=birth_date&page=99');
  await firstRow(page, 'Benali Yasmine');
  expect(await page.getByRole('button', { name: 'Page précédente' }).count(), 'there is one page').toBe(0);
  await page.locator('.choice > summary').click();
  await page.getByRole('checkbox', { name: 'Date de naissance' }).uncheck();
  await expect.poll(() => page.getByRole('columnheader').count()).toBe(1);
  await page.reload();
  await firstRow(page, 'Benali Yasmine');
  expect(await page.getByRole('columnheader').count()).toBe(1);
  await page.getByRole('button', { name: 'Effacer les filtres' }).click();
  await page.getByText('12 résultats').first().waitFor();
  expect(await page.getByRole('columnheader').count(), 'columns are no filters').toBe(1);
});
