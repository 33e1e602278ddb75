import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectQuietConsole, launch, open, person } from './browser';
import { demonstration } from './demonstration';
import { Server } from './server';

// The pictures of the README are made anew when that is asked for: another browser draws another picture.
const kept = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const folder = process.env.SCREENSHOTS ? kept : mkdtempSync(join(tmpdir(), 'patientele-screenshots-'));

let server: Server;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  server = await Server.start();
  browser = await launch();
  await demonstration(server);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('the pictures of the README', async () => {
  const viewport = { width: 1280, height: 840 };
  for (const [name, colorScheme] of [
    ['search', 'light'],
    ['patient', 'dark'],
  ] as const) {
    const context = await person(browser, server, { viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await open(context, name === 'search' ? '/' : '/patients/1');
    if (name === 'search') {
      await page.locator('#search').fill('lef');
      await page.locator('main mark').first().waitFor();
    } else await page.getByRole('link', { name: 'IRM cérébrale' }).waitFor();
    await page.waitForLoadState('networkidle');
    // Nothing is pointed at.
    await page.mouse.move(0, 0);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    expect(statSync(path).size).toBeGreaterThan(20_000);
    expectQuietConsole(context);
    await context.close();
  }
});
