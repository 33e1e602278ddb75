import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, open, signIn, toast } from './browser';
import { account, done, password } from './server';
import { setting } from './setting';

let patient: number;
let writer: number;

const here = setting(
  async ({ server, api }) => {
    patient = (await done(api.POST('/api/patients', { body: { family_name: 'Lefèvre', given_name: 'Zoé' } }))).id;
    await account(server, 'lecture');
    writer = await account(server, 'modification');
  },
  // Tokens that end soon: what a shift brings is here within a minute.
  { ACCESS_TOKEN_TTL: '8' },
);

test('a reload and a second tab go on with the session; signing out ends it in all', async () => {
  const context = await here.person();
  const first = await open(context, '/patients');
  await first.getByRole('link', { name: 'Lefèvre Zoé' }).waitFor();
  expect((await context.cookies()).find(({ name }) => name === '__Host-patientele_refresh')).toMatchObject({
    httpOnly: true,
    secure: true,
    sameSite: 'Strict',
  });
  await first.reload();
  await first.getByRole('link', { name: 'Lefèvre Zoé' }).waitFor();
  const second = await context.newPage();
  await second.goto(`/app/patients/${patient}`);
  await second.getByRole('heading', { level: 1, name: 'Lefèvre Zoé' }).waitFor();
  expect(await second.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('ey');

  await second.getByRole('button', { name: 'Se déconnecter' }).click();
  for (const page of [first, second]) await page.getByRole('heading', { name: 'Connexion' }).waitFor();
  await first.reload();
  await first.getByRole('heading', { name: 'Connexion' }).waitFor();
});

test('two tabs whose token has ended renew it without signing anyone out', async () => {
  const context = await here.person();
  const tabs = [await open(context, '/patients'), await context.newPage()] as const;
  await tabs[1].goto('/app/studies');
  await tabs[1].getByRole('heading', { level: 1, name: 'Examens' }).waitFor();
  for (let round = 0; round < 2; round += 1) {
    await tabs[0].waitForTimeout(9_000);
    await Promise.all([
      tabs[0].getByRole('link', { name: 'Corbeille' }).click(),
      tabs[1].getByRole('link', { name: 'Patients', exact: true }).click(),
    ]);
    await tabs[0].getByText('La corbeille est vide').waitFor();
    await tabs[1].getByRole('link', { name: 'Lefèvre Zoé' }).waitFor();
    await tabs[0].getByRole('link', { name: 'Examens' }).click();
  }
  for (const tab of tabs) expect(await tab.getByRole('dialog').count()).toBe(0);
});

test('a session that was ended elsewhere signs in over the page, and what was being saved is saved', async () => {
  const page = await open(await here.person(), `/patients/${patient}/edit`, 'modification');
  await page.getByLabel('Remarques').fill('À rappeler le matin');
  const api = await here.server.api();
  await done(api.DELETE('/api/users/{id}/sessions', { params: { path: { id: writer } } }));
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Votre session a expiré' });
  await dialog.waitFor();
  expect(await dialog.getByLabel('Identifiant').inputValue()).toBe('modification');
  expect(
    await page.evaluate(() => document.activeElement?.getAttribute('name')),
    'only the password is asked for',
  ).toBe('password');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await heading(page, 'Lefèvre Zoé');
  await page.getByText('À rappeler le matin').waitFor();
});

test('those who may only read are offered nothing else, and are told why where they go on their own', async () => {
  const page = await open(await here.person(), `/patients/${patient}`, 'lecture');
  await page.getByRole('heading', { level: 1, name: 'Lefèvre Zoé' }).waitFor();
  for (const name of ['Modifier', 'Nouvel examen', 'Corbeille', 'Import', 'Administration', 'Journal']) {
    expect(await page.getByRole('link', { name }).count(), name).toBe(0);
  }
  expect(await page.getByRole('button', { name: 'Mettre à la corbeille' }).count()).toBe(0);
  await page.keyboard.press('e');
  await page.keyboard.press('n');
  expect(page.url()).toContain(`/patients/${patient}`);
  for (const path of ['/bin', '/import', '/audit', '/patients/new', `/patients/${patient}/edit`]) {
    await page.goto(`/app${path}`);
    await page.getByRole('heading', { name: 'Votre rôle ne permet pas d’ouvrir cette page' }).waitFor();
  }
});

test('who may change things may neither purge them nor see who read them', async () => {
  const api = await here.server.api();
  const { id, version } = await done(api.POST('/api/patients', { body: { family_name: 'Petit' } }));
  await done(api.DELETE('/api/patients/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } } }));
  const page = await open(await here.person(), '/bin', 'modification');
  await page.getByRole('button', { name: /^Restaurer/ }).waitFor();
  expect(await page.getByRole('button', { name: /^Supprimer/ }).count()).toBe(0);
  await page.goto(`/app/patients/${patient}`);
  await page.getByText('Historique', { exact: true }).waitFor();
  expect(await page.getByText('Qui a consulté ce dossier').count(), 'for administrators').toBe(0);
});

test('a server that does not answer is said so, and so is its return', async () => {
  const context = await here.person();
  const page = await open(context, '/patients');
  await page.getByRole('link', { name: 'Lefèvre Zoé' }).waitFor();
  await context.setOffline(true);
  await page.getByText('Pas de connexion au serveur').waitFor();
  await context.setOffline(false);
  await page.getByText('Pas de connexion au serveur').waitFor({ state: 'detached' });
});

test('the language is chosen, remembered, and asked of the server', async () => {
  const page = await open(await here.person(), '/patients/new');
  await page.getByLabel('Langue').selectOption('en');
  await page.getByRole('heading', { level: 1, name: 'New patient' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.getByLabel('Family name', { exact: true }).fill('Durand');
  await page.getByLabel('Birth date', { exact: true }).fill('01/01/2999');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText(/^Birth date: .*future/).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'New patient' }).waitFor();
});

test('the theme is the one of the system until one is chosen, which is remembered and followed by other tabs', async () => {
  const context = await here.person({ colorScheme: 'dark' });
  const [first, second] = [await open(context, '/patients'), await context.newPage()];
  await second.goto('/app/studies');
  const shown = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  const both = (scheme: string) =>
    expect.poll(() => Promise.all([first, second].map(shown)), { timeout: 15_000 }).toEqual([scheme, scheme]);
  await both('dark');
  for (const page of [first, second]) await page.emulateMedia({ colorScheme: 'light' });
  await both('light');
  const choice = (page: Page) => page.getByLabel('Thème');
  await choice(first).selectOption('dark');
  await both('dark');
  await first.reload();
  await both('dark');
  expect(await choice(first).inputValue()).toBe('dark');
  expect(await choice(second).inputValue()).toBe('dark');
  await choice(second).selectOption('auto');
  await both('light');
});

test('a wide journey by the keyboard alone', async () => {
  const context = await here.person();
  const page = await context.newPage();
  await page.goto('/app/');
  await signIn(page);
  await page.getByRole('heading', { level: 1, name: 'Recherche' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('lefe');
  await page.locator('main mark').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Lefèvre Zoé' }).waitFor();
  await page.keyboard.press('n');
  await page.getByLabel('Description').waitFor();
  await page.keyboard.type('Scanner');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: 'Scanner' }).waitFor();
  await page.keyboard.press('e');
  await page.getByLabel('Description').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1, name: 'Scanner' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Raccourcis clavier' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('e');
  await page.waitForTimeout(300);
  expect(page.url(), 'single keys are switched off').not.toContain('/edit');
});

test('a form and a page that was read stay while the server is away, and its return is noticed', async () => {
  const context = await here.person();
  const page = await open(context, `/studies/new?patient=${patient}`, 'modification');
  await page.getByLabel('Description').fill('IRM du genou');
  let refused = 0;
  const away = async () => {
    refused = 0;
    await context.route(/\/(api|health)\//, (route) => {
      refused += 1;
      return route.abort();
    });
    await page.clock.fastForward(11_000);
    await page.evaluate(() => dispatchEvent(new Event('visibilitychange')));
    await page.getByText('Pas de connexion au serveur').waitFor();
    await expect.poll(() => refused, { timeout: 15_000 }).toBeGreaterThanOrEqual(3);
    await page.clock.runFor(1_000);
  };
  const back = async () => {
    await context.unroute(/\/(api|health)\//);
    await page.getByText('Pas de connexion au serveur').waitFor({ state: 'detached' });
  };
  await page.clock.install();
  await away();
  expect(await page.getByLabel('Description').inputValue()).toBe('IRM du genou');
  await back();
  await page.getByRole('button', { name: 'Créer' }).click();
  await heading(page, 'IRM du genou');
  await away();
  await heading(page, 'IRM du genou');
  await back();
  await page.getByRole('link', { name: 'Patients', exact: true }).click();
  await page.getByRole('link', { name: 'Lefèvre Zoé' }).waitFor();
  await away();
  await page.getByRole('link', { name: 'Lefèvre Zoé' }).waitFor();
  await back();
});

const again = (page: Page) => page.getByRole('dialog', { name: 'Votre session a expiré' });

/** Ends the sessions of an account, as an administrator. */
async function endSessions(id: number): Promise<void> {
  const api = await here.server.api();
  await done(api.DELETE('/api/users/{id}/sessions', { params: { path: { id } } }));
}

test('who signs out is out, also when the server does not hear of it', async () => {
  const context = await here.person();
  const page = await open(context, '/patients', 'modification');
  await page.getByRole('link', { name: 'Lefèvre Zoé' }).waitFor();
  await context.route('**/api/auth/logout', (route) => route.abort());
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await heading(page, 'Connexion');
  await toast(page, 'le serveur n’a pas répondu');
  await page.reload();
  await heading(page, 'Connexion');
  await context.unroute('**/api/auth/logout');
  await page.reload();
  await heading(page, 'Connexion');
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('__Host-patientele_refresh');
  await signIn(page, 'modification');
  await heading(page, 'Patients');
});

test('what was searched is gone with whoever searched it', async () => {
  const page = await open(await here.person(), '/', 'lecture');
  const field = page.getByLabel('Rechercher un patient ou un examen');
  const found = page.locator('main mark').first();
  await field.fill('lefevre');
  await found.waitFor();
  await page.getByRole('link', { name: 'Lefèvre Zoé' }).click();
  await heading(page, 'Lefèvre Zoé');
  await page.goBack();
  await found.waitFor();
  await page.getByRole('link', { name: 'Statistiques' }).click();
  await heading(page, 'Statistiques');
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await signIn(page, 'modification');
  await heading(page, 'Statistiques');
  await page.goBack();
  await field.waitFor();
  expect(await field.inputValue(), 'of another account').toBe('');
  await field.fill('lefevre');
  await found.waitFor();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await signIn(page, 'modification');
  await field.waitFor();
  expect(await field.inputValue(), 'of the page that was signed out').toBe('');
  expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain('lefevre');
});

test('another account that signs in over a page finds nothing of what was typed in it', async () => {
  const page = await open(await here.person(), '/patients/new', 'modification');
  await page.getByLabel('Nom', { exact: true }).fill('Secret');
  await endSessions(writer);
  await page.getByRole('button', { name: 'Créer' }).click();
  await again(page).getByLabel('Identifiant').fill('admin');
  await again(page).getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await again(page).waitFor({ state: 'detached' });
  expect(await page.getByLabel('Nom', { exact: true }).inputValue()).toBe('');
  const api = await here.server.api();
  const found = await done(api.GET('/api/patients', { params: { query: { family_name: 'Secret' } } }));
  expect(found.items, 'nor is it saved').toEqual([]);
});

test('signing out asks before something typed is lost, and leaves no question behind in another tab', async () => {
  const context = await here.person();
  const page = await open(context, `/patients/${patient}/edit`, 'modification');
  await page.getByLabel('Adresse').fill('Lyon');
  const out = page.getByRole('button', { name: 'Se déconnecter' });
  const question = page.getByRole('dialog', { name: 'Abandonner les modifications ?' });
  await out.click();
  await question.getByRole('button', { name: 'Annuler' }).click();
  expect(await page.getByLabel('Adresse').inputValue()).toBe('Lyon');
  await out.click();
  await question.waitFor();
  const second = await context.newPage();
  await second.goto('/app/patients');
  await second.getByRole('button', { name: 'Se déconnecter' }).click();
  await heading(page, 'Connexion');
  await question.waitFor({ state: 'detached' });
});

test('a sign-in over a form that has the same fields is a form of its own', async () => {
  const chief = await account(here.server, 'admin', 'chef');
  const page = await open(await here.person(), '/users/new', 'chef');
  await page.getByLabel('Identifiant').fill('neuf');
  await endSessions(chief);
  await page.getByRole('button', { name: 'Créer' }).click();
  await again(page).waitFor();
  const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  await again(page).getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Compte neuf créé' }).waitFor();
});
