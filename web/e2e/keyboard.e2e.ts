import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectQuietConsole, launch, open, person } from './browser';
import { demonstration } from './demonstration';
import { Server } from './server';

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
    const context = await person(browser, server, { reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });
    const page = await open(context, path);
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
    await context.close();
  },
);

test('the first stop skips the navigation; a new page has the focus at its heading', async () => {
  const context = await person(browser, server, { viewport: { width: 1280, height: 800 } });
  const page = await open(context, '/patients');
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
  await context.close();
});

test('rows are gone through by letters and arrows, and opened', async () => {
  const context = await person(browser, server);
  const page = await open(context, '/patients?sort=birth_date');
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
  expectQuietConsole(context);
  await context.close();
});

test('nothing moves for those who wish so', async () => {
  const context = await person(browser, server, { reducedMotion: 'reduce' });
  const page = await open(context, '/patients/1');
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationDuration } = getComputedStyle(element);
      const longest = Math.max(...`${transitionDuration},${animationDuration}`.split(',').map(Number.parseFloat));
      return longest > 0.01 ? [element.className] : [];
    }),
  );
  expect(moving).toEqual([]);
  await context.close();
});

test('the number of results is read aloud', async () => {
  const context = await person(browser, server);
  const page = await open(context, '/');
  await page.getByLabel('Rechercher un patient ou un examen').fill('kowalski');
  await page
    .locator('[role=status][aria-live=polite]')
    .getByText(/résultat/)
    .waitFor({ state: 'attached' });
  await context.close();
});
