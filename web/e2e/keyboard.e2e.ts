import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { open } from './browser';
import { demonstration } from './demonstration';
import { done } from './server';
import { setting } from './setting';

const here = setting(demonstration);

/** What has the focus: its name, whether it is marked, and whether nothing lies over it. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    const outlined = (one: Element | null, part?: string) => {
      const style = one && getComputedStyle(one, part);
      return style !== null && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
    };
    // The whole row of a link is marked, the frame of a field with a button in it, and the drawn box of a hidden one.
    const frame = element.closest('.mantine-Input-input');
    const marked =
      outlined(element) || outlined(element, '::after') || outlined(frame) || outlined(element.nextElementSibling);
    const { left, top, width, height, bottom } = element.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + Math.min(height, innerHeight - top) / 2);
    const free = over === null || element.contains(over) || over.contains(element) || over.closest('label') !== null;
    const name = `${element.tagName} ${element.textContent || element.id}`.slice(0, 60);
    return { name, marked, seen: free && bottom > 0 && top < innerHeight };
  });

test.each(['/', '/patients', '/patients/1', '/patients/1/edit', '/account'])(
  'every stop of the Tab key in %s is marked and in sight',
  async (path) => {
    const page = await open(
      await here.person({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } }),
      path,
    );
    await page.waitForLoadState('networkidle');
    const stops: string[] = [];
    const faults: string[] = [];
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (let turn = 0; turn < 80; turn += 1) {
      await page.keyboard.press('Tab');
      const stop = await focus(page);
      if (!stop) break;
      stops.push(stop.name);
      if (!stop.marked) faults.push(`${stop.name} is not marked`);
      if (!stop.seen) faults.push(`${stop.name} is not in sight`);
    }
    expect(stops.length).toBeGreaterThan(8);
    expect(faults).toEqual([]);
  },
);

test('the first stop skips the navigation; a new page has the focus at its heading', async () => {
  const page = await open(await here.person({ viewport: { width: 1280, height: 800 } }), '/patients');
  await page.locator('main tbody tr').first().waitFor();
  await page.reload();
  await page.locator('main tbody tr').first().waitFor();
  await page.keyboard.press('Tab');
  expect((await focus(page))?.name).toBe('A Aller au contenu');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  await page.getByRole('link', { name: 'Examens', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Examens' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), { timeout: 15_000 }).toBe('H1');
});

test('rows are gone through by letters and arrows, and opened', async () => {
  const page = await open(await here.person(), '/patients?sort=birth_date');
  await page.getByRole('link', { name: 'Durand Paule' }).waitFor();
  const name = async () => (await focus(page))?.name;
  await page.keyboard.press('j');
  expect(await name()).toBe('A Durand Paul');
  await page.keyboard.press('j');
  expect(await name()).toBe('A Durand Paule');
  await page.keyboard.press('k');
  expect(await name()).toBe('A Durand Paul');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Durand Paule' }).waitFor();
});

test('nothing moves for those who wish so', async () => {
  const page = await open(await here.person({ reducedMotion: 'reduce' }), '/patients/1');
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationDuration } = getComputedStyle(element);
      const longest = Math.max(...`${transitionDuration},${animationDuration}`.split(',').map(Number.parseFloat));
      return longest > 0.01 ? [element.className] : [];
    }),
  );
  expect(moving).toEqual([]);
});

test('the number of results is read aloud', async () => {
  const page = await open(await here.person(), '/');
  await page.getByLabel('Rechercher un patient ou un examen').fill('kowalski');
  await page
    .locator('[role=status][aria-live=polite]')
    .getByText(/résultat/)
    .waitFor({ state: 'attached' });
});

test('the focus is handed on when what had it goes away', async () => {
  const api = await here.server.api();
  const deleted = async (family_name: string) => {
    const { id, version } = await done(api.POST('/api/patients', { body: { family_name } }));
    const header = { 'If-Match': `"${version}"` };
    await done(api.DELETE('/api/patients/{id}', { params: { path: { id }, header } }));
  };
  const page = await open(await here.person(), '/accessibility');
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await deleted('Un');
  await deleted('Deux');
  await page.getByRole('link', { name: 'Corbeille' }).click();
  await page.getByRole('button', { name: 'Restaurer : DEUX' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Deux' }).waitFor({ state: 'detached' });
  await expect.poll(focused, { message: 'on the row that took its place' }).toBe('Un');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Un' }).waitFor();
  await page.getByRole('button', { name: 'Restaurer' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Modifier' }).waitFor();
  await expect.poll(focused, { message: 'on the heading' }).toBe('Un');

  await page.getByRole('link', { name: 'Patients', exact: true }).click();
  await page.getByRole('link', { name: 'Deux' }).click();
  await page.getByRole('heading', { level: 1, name: 'Deux' }).waitFor();
  await page.getByRole('button', { name: 'Mettre à la corbeille' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Patients' }).waitFor();
  await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Annuler' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Restauré').last().waitFor();
  await expect.poll(focused).toBe('Patients');

  await page.getByRole('link', { name: 'Nouveau patient' }).click();
  await page.getByLabel('Nom', { exact: true }).fill('Trois');
  await page.route('**/api/patients', (route) => route.abort());
  await page.getByRole('button', { name: 'Créer' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Le serveur ne répond pas').waitFor();
  await expect.poll(focused, { message: 'to be pressed again' }).toBe('Créer');
});

test('the menu of a narrow page is closed by Escape', async () => {
  const page = await open(await here.person({ viewport: { width: 1280, height: 800 } }), '/accessibility');
  await page.setViewportSize({ width: 400, height: 800 });
  const button = page.getByRole('button', { name: 'Menu' });
  await button.click();
  await page.getByRole('link', { name: 'Patients', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Patients', exact: true }).waitFor({ state: 'hidden' });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
});
