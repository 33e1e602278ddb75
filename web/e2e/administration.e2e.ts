import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, open, signIn, toast } from './browser';
import { done, password } from './server';
import { setting } from './setting';

const here = setting();

/** The secret that a dialog shows, which is then put away. */
async function secret(page: Page, label: string): Promise<string> {
  const dialog = page.getByRole('dialog');
  const value = await dialog.getByLabel(label).inputValue();
  for (let turn = 0; turn < 4; turn += 1) await page.keyboard.press('Escape');
  expect(await dialog.getByLabel(label).isVisible(), 'no key puts a secret away').toBe(true);
  await dialog.getByRole('button', { name: 'Je l’ai noté' }).click();
  await dialog.waitFor({ state: 'detached' });
  return value;
}

/** Signs in with a password that somebody else made, and chooses one. */
async function firstSignIn(page: Page, username: string, given: string, chosen: string): Promise<void> {
  await page.goto('/app/');
  await signIn(page, username, given);
  await page.getByRole('heading', { name: 'Choisissez un nouveau mot de passe' }).waitFor();
  await page.getByLabel('Mot de passe actuel').fill(given);
  await page.getByLabel('Nouveau mot de passe (obligatoire)').fill(chosen);
  await page.getByLabel('encore une fois').fill(chosen);
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await page.getByLabel('Rechercher un patient ou un examen').waitFor();
}

test('an account from its first password by another role and a reset to its end', async () => {
  const page = await open(await here.person(), '/users');
  await page.getByRole('link', { name: 'Nouveau compte' }).click();
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByText('Indiquez : Identifiant.').waitFor();
  await page.getByLabel('Identifiant').fill('admin');
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.locator('.problem').waitFor();
  expect((await done(here.api.GET('/api/users', {}))).items, 'a taken name makes nothing').toHaveLength(1);
  await page.getByRole('textbox', { name: 'Identifiant' }).fill('claire');
  await page.getByLabel('Nom affiché').fill('Claire Moreau');
  await page.getByRole('button', { name: 'Créer' }).click();
  const first = await secret(page, 'Mot de passe provisoire');
  await heading(page, 'Claire Moreau');
  await page.locator('.status').getByText('Mot de passe provisoire').waitFor();

  const hers = await here.person();
  const her = await hers.newPage();
  await firstSignIn(her, 'claire', first, 'quatre mots sans rapport');
  expect(await her.getByRole('link', { name: 'Comptes' }).count(), 'no administration for her').toBe(0);
  expect(await her.getByRole('link', { name: 'Corbeille' }).count()).toBe(0);
  await her.evaluate(() => history.pushState(null, '', '/app/users'));
  await her.evaluate(() => dispatchEvent(new PopStateEvent('popstate')));
  await heading(her, 'Votre rôle ne permet pas d’ouvrir cette page');

  await page.reload();
  await heading(page, 'Claire Moreau');
  await page.keyboard.press('e');
  await page.getByLabel('Rôle').selectOption('modification');
  await page.keyboard.press('Control+s');
  await toast(page, 'Enregistré');
  await heading(page, 'Claire Moreau');
  await page.getByText('Modification', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Réinitialiser le mot de passe' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Réinitialiser le mot de passe' }).click();
  await page.getByRole('dialog').getByLabel('Mot de passe provisoire').waitFor();
  const second = await secret(page, 'Mot de passe provisoire');
  expect(second).not.toBe(first);
  await expect(
    here.server.api('claire', 'quatre mots sans rapport'),
    'the old one is good for nothing',
  ).rejects.toThrow();
  const again = await here.person();
  await firstSignIn(await again.newPage(), 'claire', second, 'encore quatre autres mots');

  await page.getByRole('link', { name: 'Comptes' }).click();
  await page.getByRole('link', { name: 'claire', exact: true }).click();
  await page.getByText('Actif', { exact: true }).waitFor();
  const remove = page.getByRole('button', { name: 'Supprimer' });
  expect(await remove.isDisabled(), 'an account that was used is kept').toBe(true);
  await page.keyboard.press('e');
  await page.getByLabel('État').selectOption('false');
  await page.keyboard.press('Control+s');
  await page.locator('.status').getByText('Désactivé').waitFor();
  await expect(here.server.api('claire', 'encore quatre autres mots')).rejects.toThrow();

  const { id } = await done(here.api.POST('/api/users', { body: { username: 'jamais', role: 'lecture' } }));
  await page.getByRole('link', { name: 'Comptes' }).click();
  await page.getByRole('link', { name: 'jamais' }).first().click();
  await remove.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
  await toast(page, 'Compte jamais supprimé');
  await heading(page, 'Comptes');
  const gone = here.api.GET('/api/users/{id}', { params: { path: { id } } });
  expect((await gone).response.status).toBe(404);
});

test('accounts are found by name, role and state', async () => {
  for (const [username, role] of [
    ['paul', 'lecture'],
    ['pauline', 'modification'],
  ] as const)
    await done(here.api.POST('/api/users', { body: { username, role } }));
  const page = await open(await here.person(), '/users');
  const names = page.locator('tbody [data-row-link]');
  await page.getByRole('link', { name: 'pauline' }).waitFor();
  await page.locator('.filters > summary').click();
  await page.getByLabel('Identifiant ou nom').fill('paul');
  await expect.poll(() => names.allTextContents()).toEqual(['paul', 'pauline']);
  await page.locator('.filters').getByLabel('Rôle').selectOption('modification');
  await expect.poll(() => names.allTextContents()).toEqual(['pauline']);
  expect(page.url(), 'the name that is looked for stands in no address').toBe(
    `${here.server.url}/app/users?role=modification`,
  );
  await page.getByRole('button', { name: 'Effacer les filtres' }).click();
  await expect.poll(() => names.count()).toBeGreaterThan(2);
});

test('a key is made, used by a program, replaced and revoked', async () => {
  const ask = async (key: string) =>
    (await fetch(`${here.server.url}/api/patients`, { headers: { 'X-API-Key': key } })).status;
  const page = await open(await here.person(), '/api-keys');
  await page.getByText('Aucune clé ici').waitFor();
  await page.getByRole('link', { name: 'Nouvelle clé' }).click();
  await page.getByLabel('Logiciel').fill('Agenda');
  await page.getByLabel('Réseaux').fill('300.1.1.1');
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByText(/^Réseaux\s: /).waitFor();
  await page.getByLabel('Réseaux').fill('127.0.0.0/8');
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByRole('dialog').getByLabel('Clé').waitFor();
  const key = await secret(page, 'Clé');
  await heading(page, 'Clés d’API');
  await page.getByText('127.0.0.0/8').waitFor();
  expect(await ask(key)).toBe(200);

  await page.getByRole('button', { name: 'Remplacer : Agenda' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remplacer' }).click();
  await page.getByRole('dialog').getByLabel('Clé').waitFor();
  const other = await secret(page, 'Clé');
  expect([await ask(key), await ask(other)], 'both are good for a while').toEqual([200, 200]);

  const row = page.getByRole('row').filter({ hasText: /ptk_\d+_/.exec(key)?.[0] ?? key });
  await row.getByRole('button', { name: 'Révoquer : Agenda' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Révoquer' }).click();
  await toast(page, 'Clé « Agenda » révoquée');
  await expect.poll(() => ask(key), { timeout: 10_000 }).toBe(401);
  expect(await ask(other)).toBe(200);
  await page.locator('.filters > summary').click();
  await page.locator('.filters').getByLabel('État').selectOption('true');
  await page.getByText(/^Révoquée le/).waitFor();
});

test('sessions are shown and ended, one’s own and another’s', async () => {
  const { id } = await done(here.api.POST('/api/users', { body: { username: 'nadia', role: 'lecture', password } }));
  const [tablet, desk] = [await here.person(), await here.person()];
  await firstSignIn(await tablet.newPage(), 'nadia', password, 'des mots pour nadia');
  const page = await open(desk, '/account', 'nadia', 'des mots pour nadia');
  const sessions = page.getByRole('region', { name: 'Mes sessions' });
  await sessions.getByText('Cette session').waitFor();
  const rows = sessions.locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(2);
  await sessions.getByText('Chrome, Linux').first().waitFor();
  await sessions.getByRole('button', { name: 'Terminer les autres' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Terminer les autres' }).click();
  await toast(page, 'Toutes les autres sessions sont terminées');
  await expect.poll(() => rows.count()).toBe(1);
  const [other] = tablet.pages();
  await other?.getByRole('link', { name: 'Patients', exact: true }).click();
  await other?.getByRole('dialog', { name: 'Votre session a expiré' }).waitFor();

  const admin = await open(await here.person(), `/users/${id}`);
  const hers = admin.getByRole('region', { name: 'Sessions' });
  await hers.getByRole('button', { name: /^Terminer\s:/ }).click();
  await hers.getByText('Aucune session en cours').waitFor();
  expect((await done(here.api.GET('/api/users/{id}/sessions', { params: { path: { id } } }))).items).toEqual([]);
  await page.getByRole('link', { name: 'Examens' }).click();
  await page.getByRole('dialog', { name: 'Votre session a expiré' }).waitFor();
});

test('a password is changed, and what is wrong with it stands at its field', async () => {
  await done(here.api.POST('/api/users', { body: { username: 'omar', role: 'lecture', password } }));
  const context = await here.person();
  await firstSignIn(await context.newPage(), 'omar', password, 'des mots pour omar');
  const page = await open(await here.person(), '/account', 'omar', 'des mots pour omar');
  const change = async (current: string, chosen: string, repeated = chosen) => {
    await page.getByLabel('Mot de passe actuel').fill(current);
    await page.getByLabel('Nouveau mot de passe (obligatoire)').fill(chosen);
    await page.getByLabel('encore une fois').fill(repeated);
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  };
  await change('des mots pour omar', 'un autre mot de passe', 'une autre faute');
  await page.getByText('les deux mots de passe ne sont pas les mêmes').waitFor();
  await change('pas le bon du tout', 'un autre mot de passe');
  await page.getByText(/^Mot de passe actuel\s: /).waitFor();
  await change('des mots pour omar', 'passwordpassword');
  await page.getByText(/^Nouveau mot de passe\s: /).waitFor();
  await here.server.api('omar', 'des mots pour omar');
  await change('des mots pour omar', 'un autre mot de passe');
  await toast(page, 'Votre mot de passe est changé');
  await here.server.api('omar', 'un autre mot de passe');
});
