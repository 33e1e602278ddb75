import { expect, test } from 'vitest';
import { open } from './browser';
import { done } from './server';
import { setting } from './setting';

const here = setting(async ({ api }) => {
  const zoe = await done(
    api.POST('/api/patients', { body: { family_name: 'Lefèvre', given_name: 'Zoé', birth_date: '1980-01-31' } }),
  );
  await done(api.POST('/api/patients', { body: { family_name: 'Durand', given_name: 'Paul' } }));
  await done(
    api.POST('/api/studies', {
      body: { patient_fk: zoe.id, study_description: 'IRM cérébrale', accession_number: 'ACC-77' },
    }),
  );
});

test('from the sign-in by search to a patient, its study and back', async () => {
  const page = await open(await here.person(), '/');
  await page.getByLabel('Rechercher un patient ou un examen').fill('lefevre');
  const results = page.getByRole('region', { name: 'Recherche' });
  await results.getByRole('link', { name: 'Lefèvre Zoé' }).waitFor();
  expect(await results.locator('mark').first().textContent()).toBe('Lefèvre');
  expect(page.url(), 'no name in an address').toBe(`${here.server.url}/app/`);

  await results.getByRole('link', { name: 'Lefèvre Zoé' }).click();
  await page.getByRole('heading', { level: 1, name: 'Lefèvre Zoé' }).waitFor();
  await page.getByText('31/01/1980', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'IRM cérébrale' }).click();
  await page.getByRole('heading', { level: 1, name: 'IRM cérébrale' }).waitFor();
  await page.getByText('ACC-77').waitFor();

  await page.goBack();
  await page.goBack();
  expect(await page.getByLabel('Rechercher un patient ou un examen').inputValue()).toBe('lefevre');
  await page.getByRole('link', { name: 'Lefèvre Zoé' }).waitFor();
});

test('a reason for a hit that its line does not show is named', async () => {
  const page = await open(await here.person(), '/');
  await page.getByLabel('Rechercher un patient ou un examen').fill('ACC-77');
  await page.getByText('Trouvé par : Numéro d’accès ACC-77').waitFor();
});

test('a patient is found by the birth date as people write it', async () => {
  const page = await open(await here.person(), '/');
  await page.getByLabel('Rechercher un patient ou un examen').fill('31/01/1980');
  await page.getByText('Un résultat').first().waitFor();
  await page.locator('.hit').first().getByText('né(e) le 31/01/1980').waitFor();
  await page.getByLabel('Rechercher un patient ou un examen').fill('durand 31/01/1980');
  await page.getByText('Aucun résultat').first().waitFor();
});

test('hits are shown before they are counted', async () => {
  for (let number = 1; number <= 25; number += 1) {
    await done(here.api.POST('/api/patients', { body: { family_name: 'Nombreux', given_name: `Ami ${number}` } }));
  }
  const page = await open(await here.person(), '/');
  let count = () => {};
  const counted = new Promise<void>((resolve) => {
    count = resolve;
  });
  await page.route('**/api/search', async (route) => {
    if (route.request().postDataJSON().count) await counted;
    await route.continue();
  });
  await page.getByLabel('Rechercher un patient ou un examen').fill('nombreux');
  await page.locator('.count', { hasText: 'Plus de 20 résultats' }).waitFor();
  expect(await page.locator('.hit').count()).toBe(20);
  count();
  await page.locator('.count', { hasText: '25 résultats' }).waitFor();
  await page.getByRole('button', { name: 'Afficher la suite' }).click();
  await page.locator('.hit').nth(24).waitFor();
  expect(await page.locator('.count').textContent()).toBe('25 résultats');
});

test('a wrong password is said so, and nothing else', async () => {
  const context = await here.person();
  const page = await context.newPage();
  await page.goto('/app/patients');
  await page.getByLabel('Identifiant').fill('admin');
  await page.getByLabel('Mot de passe', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('Mot de passe : identifiant ou mot de passe incorrect').waitFor();
  expect(await page.getByRole('navigation').count()).toBe(0);
});
