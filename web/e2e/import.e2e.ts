import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { open } from './browser';
import { done } from './server';
import { setting } from './setting';

const here = setting();

const csv = (name: string, lines: string[], heading = 'patient_id;family_name;birth_date;sex') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from([heading, ...lines].join('\n')),
});
const choose = (page: Page, ...files: ReturnType<typeof csv>[]) =>
  page.locator('input[data-choice=files]').setInputFiles(files);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const report = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
/** The numbers of a line of the report: new, updated, unchanged, refused. */
const counts = (page: Page, what: string) =>
  page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: what, exact: true }) })
    .getByRole('cell')
    .allTextContents();
const registered = async () =>
  (await done(here.api.GET('/api/patients', { params: { query: { sort: 'created_at' } } }))).items;

test('files are tried out, the report says what is refused and where, and then they are imported', async () => {
  const page = await open(await here.person(), '/');
  await page.getByRole('navigation').getByRole('link', { name: 'Import' }).click();
  await choose(
    page,
    csv('patients.csv', ['A-1;Garnier;1971-04-02;F', 'A-2;Roux;1980-13-02;X', 'A-3;Faure;1990-01-01;F']),
    { name: 'IM0001', mimeType: '', buffer: Buffer.from('no DICOM') },
  );
  await page.getByText('2 fichiers').waitFor();
  expect(await page.getByLabel('Tout ou rien').isDisabled(), 'not with DICOM files').toBe(true);
  expect(await page.getByRole('button', { name: 'Importer' }).count(), 'nothing untried').toBe(0);
  await press(page, 'Vérifier');
  await report(page, 'Ce que l’import ferait');
  expect(await counts(page, 'Patients')).toEqual(['2', '0', '0', '1']);
  const refusals = page.getByRole('table', { name: '3 refus' });
  expect(await refusals.getByRole('row').allInnerTexts()).toEqual([
    expect.stringContaining('Raison'),
    expect.stringMatching(/Ligne 3\s+patients\.csv\s+Date de naissance\s+n'est pas une date.*\s+invalid_date/),
    expect.stringMatching(/Ligne 3\s+patients\.csv\s+Sexe\s+.*\s+invalid_enum/),
    expect.stringMatching(/IM0001\s+.*\s+not_dicom/),
  ]);
  expect(await registered(), 'nothing is written by a trial').toEqual([]);

  await press(page, 'Retirer IM0001');
  expect(await page.getByRole('button', { name: 'Importer' }).count(), 'other files are to be tried again').toBe(0);
  await press(page, 'Vérifier');
  await report(page, 'Ce que l’import ferait');
  await press(page, 'Importer');
  await report(page, 'L’import est terminé');
  expect(await counts(page, 'Patients')).toEqual(['2', '0', '0', '1']);
  expect((await registered()).map(({ family_name }) => family_name)).toEqual(['Garnier', 'Faure']);
  await page.getByRole('link', { name: 'Patients', exact: true }).click();
  await page.getByRole('link', { name: 'Garnier' }).waitFor();
});

test('what is registered is updated or refused, and all or nothing is entered, as it is wished', async () => {
  const before = (await registered()).length;
  const page = await open(await here.person(), '/import');
  await choose(
    page,
    csv('b.csv', ['A-1;Garnier-Petit;1971-04-02;F', 'B-1;Blanc;1990-02-30;M', 'B-2;Noir;1990-02-01;M']),
  );
  await page.getByLabel('Tout ou rien').check();
  await press(page, 'Vérifier');
  await page.getByText("Rien n'a été importé").waitFor();
  await report(page, 'Rien n’a été enregistré');
  await page.getByText('invalid_date').waitFor();
  expect(await registered()).toHaveLength(before);

  await page.getByLabel('Ce qui est déjà enregistré').selectOption('create');
  await page.getByLabel('Tout ou rien').uncheck();
  await press(page, 'Vérifier');
  await report(page, 'Ce que l’import ferait');
  expect(await counts(page, 'Patients')).toEqual(['1', '0', '0', '2']);
  await page.getByLabel('Ce qui est déjà enregistré').selectOption('upsert');
  await press(page, 'Vérifier');
  await report(page, 'Ce que l’import ferait');
  expect(await counts(page, 'Patients')).toEqual(['1', '1', '0', '1']);
  await press(page, 'Importer');
  await report(page, 'L’import est terminé');
  expect((await registered()).map(({ family_name }) => family_name)).toEqual(['Garnier-Petit', 'Faure', 'Noir']);
  await press(page, 'Nouvel import');
  expect(await page.getByText('b.csv').count()).toBe(0);
});

test('a folder is chosen or dropped with all that lies in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'patientele-folder-'));
  mkdirSync(join(folder, 'disc', 'inner'), { recursive: true });
  for (const path of ['a.csv', 'inner/b.csv', 'inner/.hidden'])
    writeFileSync(join(folder, 'disc', path), 'patient_id\n');
  const page = await open(await here.person(), '/import');
  const paths = () => page.locator('.files [translate=no]').allTextContents();
  await page.locator('input[data-choice=folder]').setInputFiles(join(folder, 'disc'));
  await expect.poll(paths).toEqual(['disc/a.csv', 'disc/inner/b.csv']);
  await press(page, 'Tout retirer');

  // Only a debugger can drop what lies on the disc.
  const box = await page.locator('.drop').boundingBox();
  const debugging = await page.context().newCDPSession(page);
  const at = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 20 };
  const data = { items: [], files: [join(folder, 'disc')], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    if (type === 'drop') await page.locator('.drop[data-over]').waitFor();
    await debugging.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await expect.poll(async () => (await paths()).sort()).toEqual(['disc/a.csv', 'disc/inner/b.csv']);
  rmSync(folder, { recursive: true });
});

test('letters of older files, DICOM JSON and a file that nobody can read', async () => {
  const page = await open(await here.person(), '/import');
  await choose(page, {
    name: 'latin.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('patient_id;family_name\nL-1;Lefèvre\n', 'latin1'),
  });
  await page.getByLabel('Codage des fichiers CSV').selectOption('windows-1252');
  await choose(page, {
    name: 'study.json',
    mimeType: 'application/json',
    buffer: Buffer.from(
      JSON.stringify([
        {
          '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
          '0020000D': { vr: 'UI', Value: ['1.2.826.0.1.3680043.1'] },
          '00100020': { vr: 'LO', Value: ['J-1'] },
          '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Œuvrard^Noël' }] },
        },
      ]),
    ),
  });
  await press(page, 'Vérifier');
  await report(page, 'Ce que l’import ferait');
  await press(page, 'Importer');
  await report(page, 'L’import est terminé');
  const names = (await registered()).map(({ patient_id, family_name }) => [patient_id, family_name]);
  expect(names).toContainEqual(['L-1', 'Lefèvre']);
  expect(names).toContainEqual(['J-1', 'Œuvrard']);

  await press(page, 'Nouvel import');
  await choose(page, { name: 'noise', mimeType: '', buffer: Buffer.from('noise') });
  await press(page, 'Vérifier');
  await report(page, 'Rien n’a été enregistré');
  await page.getByText('not_dicom').waitFor();
  expect(await page.getByRole('button', { name: 'Importer' }).count()).toBe(0);
});

test('an import is left or cancelled on purpose alone, and says what stays', async () => {
  const page = await open(await here.person(), '/import');
  await choose(page, csv('slow.csv', ['S-1;Lent;1990-01-01;F']));
  // The answer does not come as long as the import is looked at.
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/import*', async (route) => {
    await held;
    await route.abort().catch(() => undefined);
  });
  await press(page, 'Vérifier');
  await page.getByRole('progressbar').waitFor();
  await page.getByRole('link', { name: 'Patients', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Interrompre l’import ?' });
  await question.getByRole('button', { name: 'Annuler' }).click();
  await page.getByRole('progressbar').waitFor();
  await press(page, 'Annuler');
  await page.getByText('Rien n’a été enregistré.').waitFor();
  expect(await page.getByRole('button', { name: 'Vérifier', exact: true }).count(), 'to be tried again').toBe(1);
  release();
  expect((await registered()).map(({ patient_id }) => patient_id)).not.toContain('S-1');
});
