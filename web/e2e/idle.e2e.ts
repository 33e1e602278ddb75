import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectQuietConsole, launch, open, person } from './browser';
import { Server } from './server';

let server: Server;
let browser: Browser;

beforeAll(async () => {
  // Its end is announced two minutes before: here some seconds after the sign-in.
  server = await Server.start({ SESSION_IDLE_TIMEOUT: '130' });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('the end of a session that is not used is announced, and put off', async () => {
  const context = await person(browser, server);
  const page = await open(context, '/accessibility');
  const notice = page.getByRole('alert').getByText('Votre session se termine dans moins de deux minutes');
  await notice.waitFor({ timeout: 60_000 });
  const renewal = page.waitForResponse((response) => response.url().endsWith('/api/auth/refresh'));
  await page.getByRole('button', { name: 'Rester connecté' }).click();
  expect((await renewal).status()).toBe(200);
  await notice.waitFor({ state: 'detached' });
  expectQuietConsole(context);
  await context.close();
});
