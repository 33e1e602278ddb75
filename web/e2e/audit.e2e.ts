import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, open } from './browser';
import { done } from './server';
import { setting } from './setting';

let patient: { id: number; version: number };
let study: { id: number };

const here = setting(async () => {
  patient = await done(here.api.POST('/api/patients', { body: { family_name: 'Benali', given_name: 'Yasmine' } }));
  study = await done(here.api.POST('/api/studies', { body: { patient_fk: patient.id, study_description: 'IRM' } }));
  await change({ telephone_number: '06 12 34 56 78', address: 'Lyon' }, 1);
});

/** Changes the patient, who has this version. */
async function change(body: object, version: number): Promise<void> {
  await done(
    here.api.PATCH('/api/patients/{id}', {
      params: { path: { id: patient.id }, header: { 'If-Match': `"${version}"` } },
      body,
      headers: { 'Content-Type': 'application/merge-patch+json' },
    }),
  );
}

/** What the list of events shows, the heads of its columns left out. */
const lines = async (page: Page) => {
  await page.locator('[aria-busy=false] tbody tr').first().waitFor();
  return (await page.locator('tbody tr').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
};

test('events are found by what was done, opened, followed to all about a patient, and taken away as a file', async () => {
  const page = await open(await here.person(), '/');
  await page.getByRole('link', { name: 'Journal', exact: true }).click();
  await heading(page, 'Journal');
  await page.getByText('Filtres').click();
  await page.locator('.filters').getByLabel('Quoi').selectOption({ label: 'Modification d’un patient' });
  await page.getByText('Un résultat').first().waitFor();
  expect(await lines(page)).toEqual([
    expect.stringMatching(new RegExp(`admin Modification d’un patient Patient n° ${patient.id} Réussi 127.0.0.1$`)),
  ]);
  expect(new URL(page.url()).search).toBe('?action=update_patient');
  await page.reload();
  expect(await lines(page), 'the address tells the filters').toHaveLength(1);

  await page.locator('[data-row-link]').click();
  const dialog = page.getByRole('dialog', { name: 'Modification d’un patient' });
  await dialog.getByText('Adresse et Téléphone').waitFor();
  await dialog.getByText('de 1 à 2').waitFor();
  expect(await dialog.textContent(), 'no values of fields').not.toContain('Lyon');
  await dialog.getByRole('link', { name: 'Tout sur ce patient' }).click();
  await page.getByRole('button', { name: `Seulement : Patient n° ${patient.id}` }).waitFor();
  await expect.poll(() => lines(page)).toHaveLength(3);
  expect(await lines(page)).toEqual([
    expect.stringContaining('Modification d’un patient'),
    expect.stringContaining(`Création d’un examen Examen n° ${study.id}`),
    expect.stringContaining('Création d’un patient'),
  ]);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Exporter en CSV' }).click(),
  ]);
  const file = await readFile(await download.path(), 'utf8');
  expect(
    file
      .trim()
      .split('\r\n')
      .map((line) => line.split(',')[5]),
  ).toEqual(['action', 'update_patient', 'create_study', 'create_patient']);
  await page.getByRole('button', { name: 'Effacer les filtres' }).click();
  await expect.poll(async () => (await lines(page)).length).toBeGreaterThan(4);
});

test('events are found by day, by outcome and by the reference of a request', async () => {
  const refused = await fetch(`${here.server.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'not the one that it is' }),
  });
  const { request_id } = (await refused.json()) as { request_id: string };
  const page = await open(await here.person(), '/audit?outcome=denied');
  await page.getByText('Le nom ou le mot de passe est faux').waitFor();
  expect((await lines(page)).filter((line) => line.includes('Réussi'))).toEqual([]);
  await page.getByRole('button', { name: 'Effacer les filtres' }).click();
  await page.locator('.filters').getByLabel('Référence de requête').fill(request_id);
  await page.keyboard.press('Enter');
  await page.getByText('Un résultat').first().waitFor();
  expect(await lines(page)).toEqual([expect.stringMatching(/Connexion.*Le nom ou le mot de passe est faux/)]);

  await page.getByRole('button', { name: 'Effacer les filtres' }).click();
  await page.getByLabel('Date : du', { exact: true }).fill('01/01/2020');
  await page.getByLabel('Date : au', { exact: true }).fill('02/01/2020');
  await page.keyboard.press('Tab');
  await page.getByText('Aucun événement ici').waitFor();
});

test('the trail says whether it is intact, and what was found when it is not', async () => {
  const page = await open(await here.person(), '/audit');
  const integrity = page.getByRole('region', { name: 'Intégrité' });
  await integrity.getByText('« patientele audit verify »').waitFor();
  await here.server.command('audit', 'verify');
  await page.reload();
  await integrity.getByText('Intact', { exact: true }).waitFor();
  await integrity.getByText('Événements vérifiés').waitFor();

  await page.route('**/api/audit-events/verification', (route) =>
    route.fulfill({ json: { intact: false, finding: 'event 886291382476800 was changed', verified_events: 3 } }),
  );
  await page.reload();
  await integrity.getByRole('alert').getByText('event 886291382476800 was changed').waitFor();
  await integrity.getByText('Le journal a été altéré').first().waitFor();
});

test('a record shows what was changed, goes back to a version, and an administrator sees who saw it', async () => {
  const page = await open(await here.person(), `/patients/${patient.id}`);
  await heading(page, 'Benali Yasmine');
  await page.getByText('Historique', { exact: true }).click();
  const versions = page.locator('.versions > li');
  await versions.nth(1).waitFor();
  expect(await versions.nth(0).innerText()).toMatch(/Version 2[\s\S]*admin[\s\S]*Adresse\s+Lyon/);
  expect(await versions.nth(0).getByRole('button').count(), 'the version that is shown').toBe(0);
  await versions.nth(1).getByRole('button', { name: 'Revenir à cette version' }).click();
  const question = page.getByRole('dialog', { name: 'Revenir à une version antérieure ?' });
  await question.getByRole('button', { name: 'Annuler' }).click();
  const read = () => done(here.api.GET('/api/patients/{id}', { params: { path: { id: patient.id } } }));
  expect((await read()).version, 'nothing is changed by a look').toBe(2);
  await versions.nth(1).getByRole('button', { name: 'Revenir à cette version' }).click();
  await question.getByRole('button', { name: 'Revenir à cette version' }).click();
  await page.getByText('La fiche a repris ses valeurs d’alors.').waitFor();
  await expect.poll(() => versions.count()).toBe(3);
  expect(await versions.nth(0).locator('del').allTextContents()).toEqual(['Lyon', '06 12 34 56 78']);
  expect(await read()).toMatchObject({ version: 3, address: null, telephone_number: null });

  await page.getByText('Qui a consulté ce dossier').click();
  await page.getByRole('cell', { name: 'Retour à une version' }).waitFor();
  const accesses = await page.locator('details.card tbody tr').allInnerTexts();
  expect(accesses.at(-1)).toMatch(/admin\s+Création\s+Fiche patient\s+127\.0\.0\.1/);
  expect(accesses.filter((text) => text.includes('Examen')).length, 'of its studies too').toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Voir dans le journal' }).click();
  await page.getByRole('button', { name: `Seulement : Patient n° ${patient.id}` }).waitFor();
});

test('the list is walked in pages by the keys of events, and back', async () => {
  for (let turn = 0; turn < 55; turn += 1)
    await done(here.api.GET('/api/studies/{id}', { params: { path: { id: study.id } } }));
  const page = await open(await here.person(), '/audit?action=get_study');
  await page.getByText('55 résultats').first().waitFor();
  expect(await lines(page)).toHaveLength(50);
  await page.getByRole('button', { name: 'Page suivante' }).click();
  await expect.poll(() => lines(page)).toHaveLength(5);
  await page.goBack();
  await expect.poll(() => lines(page)).toHaveLength(50);
});

test('an address that asks for days that are none breaks nothing', async () => {
  const page = await open(await here.person(), '/audit?at=foo');
  await heading(page, 'Journal');
  await expect.poll(() => lines(page)).not.toHaveLength(0);
});
