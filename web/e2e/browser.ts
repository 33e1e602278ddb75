import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { password, type Server } from './server';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's browser; another one by `CHROMIUM`. */
export async function launch(): Promise<Browser> {
  return await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
}

/** What the console said that must not be said: a style or script that the policy refused, an error that nobody caught. */
const complaints = new WeakMap<BrowserContext, string[]>();

/** A browser of its own: cookies, storage and tabs. */
export async function person(
  browser: Browser,
  server: Server,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const said: string[] = [];
  complaints.set(context, said);
  context.on('weberror', (error) => said.push(String(error.error())));
  context.on('console', (message) => {
    // A refused request is a line of the console too; what matters of it the page shows.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) said.push(message.text());
  });
  return context;
}

export function expectQuietConsole(context: BrowserContext): void {
  expect(complaints.get(context)).toEqual([]);
}

export async function signIn(page: Page, username = 'admin', secret = password): Promise<void> {
  await page.getByLabel('Identifiant').fill(username);
  await page.getByLabel('Mot de passe', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

/** A page of the interface, signed in. */
export async function open(
  context: BrowserContext,
  path: string,
  username = 'admin',
  secret = password,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/app${path}`);
  await signIn(page, username, secret);
  await page.getByRole('navigation').first().waitFor();
  return page;
}
