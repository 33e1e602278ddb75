import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { password } from './server';

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

/** What a console says that must not be said: a style or script that the policy refused, an error that nobody caught. */
export function listen(context: BrowserContext): string[] {
  const said: string[] = [];
  context.on('weberror', (error) => said.push(String(error.error())));
  context.on('console', (message) => {
    // A refused request is a line of the console too; what matters of it the page shows.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) said.push(message.text());
  });
  return said;
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

/** Waits for the heading of a page. */
export async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

/** Waits for a passing message. */
export async function toast(page: Page, text: string): Promise<void> {
  await page.getByRole('region', { name: 'Notifications' }).getByText(text).waitFor();
}
