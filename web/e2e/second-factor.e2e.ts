import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, open, signIn, toast } from './browser';
import { account, done, password } from './server';
import { setting } from './setting';
import { totp } from './totp';

const here = setting();

const code = (page: Page) => page.getByLabel('Code de vérification');
const search = (page: Page) => page.getByLabel('Rechercher un patient ou un examen').waitFor();

/** Sets up a second factor where it is asked for; its secret and recovery codes. What comes `between` finds them on the screen. */
async function enrol(page: Page, between = async () => {}): Promise<{ secret: string; recovery: string[] }> {
  await page.locator('.steps').getByLabel('Mot de passe actuel').fill(password);
  await page.getByRole('button', { name: 'Continuer' }).click();
  const image = page.getByRole('img', { name: /^Code QR/ });
  await image.waitFor();
  expect(await image.evaluate((img: HTMLImageElement) => img.naturalWidth), 'the policy shows it').toBeGreaterThan(100);
  const secret = (await page.locator('.typed-secret').textContent()) ?? '';
  expect(secret.replaceAll(' ', '')).toMatch(/^[A-Z2-7]{32}$/);
  await code(page).fill('000 000');
  await page.getByRole('button', { name: 'Confirmer' }).click();
  await page.getByText(/^Code de vérification\s: n'est pas le bon code/).waitFor();
  await code(page).fill(totp(secret));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Vos codes de secours' }).waitFor();
  await between();
  return { secret, recovery: await keepCodes(page) };
}

/** Keeps the recovery codes that a dialog shows this once. */
async function keepCodes(page: Page): Promise<string[]> {
  const dialog = page.getByRole('dialog', { name: 'Vos codes de secours' });
  await dialog.waitFor();
  const codes = await dialog.getByRole('listitem').allTextContents();
  expect(codes).toHaveLength(10);
  for (let turn = 0; turn < 4; turn += 1) await page.keyboard.press('Escape');
  expect(await dialog.isVisible(), 'no key puts them away').toBe(true);
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Télécharger' }).click();
  const text = readFileSync(await (await saved).path(), 'utf8');
  for (const one of codes) expect(text).toContain(one);
  const sheets = (await page.pdf()).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g);
  expect(sheets, 'printed, they stand alone on one sheet').toHaveLength(1);
  await dialog.getByRole('button', { name: 'Je les ai conservés' }).click();
  await dialog.waitFor({ state: 'detached' });
  return codes;
}

test('a second factor from its QR code by sign-ins with codes to its end', async () => {
  await account(here.server, 'lecture', 'zoe');
  const page = await open(await here.person(), '/account', 'zoe');
  await page.getByRole('button', { name: 'Mettre en place' }).click();
  const { secret, recovery } = await enrol(page);
  await toast(page, 'Le second facteur est en place');
  await page.getByRole('button', { name: 'Nouveaux codes de secours' }).waitFor();

  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await signIn(page, 'zoe');
  await code(page).fill('123456');
  await page.keyboard.press('Enter');
  await page.getByText(/^Code de vérification\s: ce n’est pas le bon code/).waitFor();
  expect(await page.getByRole('navigation').count(), 'a wrong code lets nobody in').toBe(0);
  await code(page).fill(totp(secret, 1));
  await page.keyboard.press('Enter');
  await heading(page, 'Mon compte');

  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await signIn(page, 'zoe');
  await code(page).fill(recovery[0]?.toUpperCase() ?? '');
  await page.keyboard.press('Enter');
  await heading(page, 'Mon compte');
  await page.getByText('Codes de secours restants').waitFor();
  await page.getByRole('definition').getByText('9', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await signIn(page, 'zoe');
  await code(page).fill(recovery[0] ?? '');
  await page.keyboard.press('Enter');
  await page.getByText(/^Code de vérification\s: ce n’est pas le bon code/).waitFor();
  await page.getByRole('button', { name: 'Annuler' }).click();
  await page.getByLabel('Identifiant').waitFor();
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await code(page).fill(recovery[1] ?? '');
  await page.keyboard.press('Enter');
  await heading(page, 'Mon compte');

  await page.getByRole('button', { name: 'Nouveaux codes de secours' }).click();
  const renewal = page.getByRole('dialog', { name: 'Nouveaux codes de secours' });
  await renewal.getByLabel('Mot de passe actuel').fill('wrong');
  await code(page).fill(recovery[2] ?? '');
  await page.keyboard.press('Enter');
  await renewal.getByText(/^Mot de passe actuel\s: n'est pas le mot de passe actuel/).waitFor();
  await renewal.getByLabel('Mot de passe actuel').fill(password);
  await page.keyboard.press('Enter');
  const renewed = await keepCodes(page);
  expect(renewed.filter((one) => recovery.includes(one))).toEqual([]);
  await page.getByRole('definition').getByText('10', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Retirer le second facteur' }).click();
  const removal = page.getByRole('dialog', { name: 'Retirer le second facteur' });
  await removal.getByLabel('Mot de passe actuel').fill(password);
  await code(page).fill(recovery[3] ?? '');
  await page.keyboard.press('Enter');
  await removal.getByText(/^Code de vérification\s: n'est pas le bon code/).waitFor();
  await code(page).fill(renewed[0] ?? '');
  await page.keyboard.press('Enter');
  await toast(page, 'Le second facteur est retiré');
  await page.getByRole('button', { name: 'Mettre en place' }).waitFor();
  await here.server.api('zoe');
});

test('a role that needs a second factor lets nobody in without one, and whoever is in sets one up over the page', async () => {
  await account(here.server, 'modification', 'paul');
  const { id } = await done(here.api.POST('/api/patients', { body: { family_name: 'Lefèvre', given_name: 'Zoé' } }));
  const his = await here.person();
  const inside = await open(his, `/patients/${id}/edit`, 'paul');
  await inside.getByLabel('Remarques').fill('À rappeler le matin');

  const context = await here.person();
  const admin = await open(context, '/roles');
  const requirement = admin.getByRole('switch', { name: 'Second facteur exigé pour le rôle Modification' });
  await requirement.click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Exiger' }).click();
  await toast(admin, 'Enregistré');
  expect(await requirement.isChecked()).toBe(true);

  // Who comes now.
  const other = await here.person();
  const outside = await other.newPage();
  await outside.goto('/app/patients');
  await signIn(outside, 'paul');
  await heading(outside, 'Protégez votre compte par un second facteur');
  expect(await outside.getByRole('navigation').count()).toBe(0);
  await outside.getByRole('button', { name: 'Se déconnecter' }).click();
  await heading(outside, 'Connexion');

  // Who is in: what is typed waits.
  await inside.getByRole('button', { name: 'Enregistrer' }).click();
  const gate = inside.getByRole('dialog', { name: 'Protégez votre compte par un second facteur' });
  await gate.waitFor();
  const { secret } = await enrol(inside, async () => {
    // The session is renewed meanwhile, and says that nothing is demanded any more: the codes stay until they are kept.
    await inside.clock.install();
    await inside.clock.fastForward(16 * 60_000);
    const renewal = inside.waitForResponse((response) => response.url().endsWith('/api/auth/refresh'));
    await inside.evaluate(() => dispatchEvent(new Event('visibilitychange')));
    await renewal;
    await gate.waitFor({ state: 'detached' });
  });
  expect(await inside.getByLabel('Remarques').inputValue(), 'nothing typed is lost').toBe('À rappeler le matin');
  await inside.getByRole('button', { name: 'Enregistrer' }).click();
  await inside.getByText('À rappeler le matin').waitFor();

  const again = await here.person();
  const page = await again.newPage();
  await page.goto('/app/');
  await signIn(page, 'paul');
  await code(page).fill(totp(secret, 1));
  await page.keyboard.press('Enter');
  await search(page);
  await page.getByRole('link', { name: 'Mon compte' }).click();
  await page.getByRole('button', { name: 'Changer d’application' }).waitFor();

  await requirement.click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Ne plus exiger' }).click();
  await admin.waitForFunction(() => document.querySelector('input[role=switch]:checked') === null);
});

test('an administrator takes the second factor from who has lost it', async () => {
  const id = await account(here.server, 'lecture', 'perdu');
  const his = await here.person();
  const page = await open(his, '/account', 'perdu');
  await page.getByRole('button', { name: 'Mettre en place' }).click();
  await enrol(page);
  await toast(page, 'Le second facteur est en place');

  const context = await here.person();
  const admin = await open(context, `/users/${id}`);
  await admin.getByRole('button', { name: 'Retirer le second facteur' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Retirer le second facteur' }).click();
  await toast(admin, 'Le second facteur de perdu est retiré');
  await admin.getByRole('button', { name: 'Retirer le second facteur' }).waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Patients', exact: true }).click();
  const again = page.getByRole('dialog', { name: 'Votre session a expiré' });
  await again.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await heading(page, 'Patients');
});
