import type { Locator, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, open, toast } from './browser';
import { done } from './server';
import { setting } from './setting';

const here = setting();

async function entered(family_name: string, given_name = 'Zoé'): Promise<number> {
  return (await done(here.api.POST('/api/patients', { body: { family_name, given_name } }))).id;
}

const read = (id: number) => done(here.api.GET('/api/patients/{id}', { params: { path: { id } } }));
/** Waits until a field has the focus. */
const focused = (field: Locator) =>
  expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);

test('a patient is entered with a date as people type it, and so is a study', async () => {
  const page = await open(await here.person(), '/patients');
  await page.getByRole('link', { name: 'Nouveau patient' }).click();
  await page.getByLabel('Nom', { exact: true }).fill('Benali');
  await page.getByLabel('Prénom', { exact: true }).fill('Yasmine');
  await page.getByLabel('Date de naissance', { exact: true }).fill('05051975');
  await page.getByLabel('Sexe').selectOption('F');
  expect(
    await page.getByLabel('Date de naissance', { exact: true }).inputValue(),
    'understood while the field has the focus',
  ).toMatch(/^0505/);
  await page.getByRole('button', { name: 'Créer' }).click();
  await heading(page, 'Benali Yasmine');
  await page.getByText('05/05/1975', { exact: true }).waitFor();

  await page.getByRole('link', { name: 'Nouvel examen' }).click();
  await page.getByLabel('Description').fill('IRM du genou');
  await page.getByLabel('Modalités').fill('mr');
  await page.getByLabel('Date', { exact: true }).fill('3.2.2026');
  await page.getByLabel('Heure').fill('8h30');
  const referring = page.getByRole('group', { name: 'Médecin demandeur' });
  await referring.getByLabel('Nom', { exact: true }).pressSequentially('de La Tour');
  await referring.getByLabel('Prénom').pressSequentially('Anne Marie');
  await page.keyboard.press('Control+s');
  await heading(page, 'IRM du genou');
  for (const text of ['03/02/2026', '08:30', 'Prévu']) await page.getByText(text, { exact: true }).waitFor();
  await page.getByText('de La Tour Anne Marie').waitFor();
  const { items } = await done(here.api.GET('/api/studies', {}));
  expect(items[0]).toMatchObject({
    study_date: '2026-02-03',
    study_time: '08:30:00',
    modalities_in_study: ['MR'],
    referring_physician_name: 'de La Tour^Anne Marie',
  });
});

test('faults are shown at their fields, before and after the server saw them', async () => {
  const page = await open(await here.person(), '/patients/new');
  const birth = page.getByLabel('Date de naissance', { exact: true });
  await birth.fill('31/02/1980');
  await page.getByLabel('Nom', { exact: true }).fill('Du^rand');
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByText('2 valeurs sont à corriger').waitFor();
  await focused(page.getByLabel('Nom', { exact: true }));
  expect(await birth.getAttribute('aria-invalid')).toBe('true');
  await page.getByRole('link', { name: /une date réelle est attendue/ }).click();
  await focused(birth);

  await page.getByLabel('Nom', { exact: true }).fill('Durand');
  await birth.fill('01/01/2999');
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByText(/^Date de naissance\s: .*futur/).waitFor();
  await focused(birth);
  expect((await done(here.api.GET('/api/patients', { params: { query: { family_name: 'Durand' } } }))).items).toEqual(
    [],
  );
});

test('someone of that name is shown before a second one is entered, and a number that is taken leads to its record', async () => {
  const id = await entered('Kowalski', 'Łucja');
  const { patient_id } = await read(id);
  const page = await open(await here.person(), '/patients/new');
  await page.getByLabel('Nom', { exact: true }).fill('kowalski');
  await page.getByLabel('Prénom', { exact: true }).fill('lucja');
  await page.getByText('Ces patients existent déjà').waitFor();
  await page.getByLabel('Numéro de patient').fill(patient_id);
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByRole('link', { name: 'Voir la fiche qui porte déjà ce numéro' }).waitFor();
  expect(await page.getByLabel('Prénom', { exact: true }).inputValue()).toBe('lucja');
});

test('two people change one patient: nothing is overwritten unseen, and nothing typed is lost', async () => {
  const id = await entered('Durant');
  const [one, other] = [await here.person(), await here.person()];
  const [mine, theirs] = [await open(one, `/patients/${id}/edit`), await open(other, `/patients/${id}/edit`)];
  await mine.getByLabel('Nom', { exact: true }).fill('Durand');
  await mine.getByLabel('Adresse').fill('12 rue des Lilas');
  await theirs.getByLabel('Nom', { exact: true }).fill('Dupont');
  await theirs.getByLabel('Téléphone').fill('06 12 34 56 78');
  await theirs.getByRole('button', { name: 'Enregistrer' }).click();
  await heading(theirs, 'Dupont Zoé');

  await mine.getByRole('button', { name: 'Enregistrer' }).click();
  const dialog = mine.getByRole('dialog', { name: 'Quelqu’un d’autre a modifié cette fiche' });
  await dialog.getByText('Une valeur a été changée des deux côtés').waitFor();
  await dialog.getByRole('button', { name: 'Revenir à ma saisie' }).click();
  expect(await mine.getByLabel('Nom', { exact: true }).inputValue(), 'nothing typed is lost').toBe('Durand');
  expect(await read(id), 'nothing is written meanwhile').toMatchObject({ family_name: 'Dupont', version: 2 });

  await mine.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.getByRole('radio', { name: 'Sa version : Dupont' }).check();
  await dialog.getByRole('button', { name: 'Enregistrer ce choix' }).click();
  await heading(mine, 'Dupont Zoé');
  expect(await read(id)).toMatchObject({
    family_name: 'Dupont',
    address: '12 rue des Lilas',
    telephone_number: '06 12 34 56 78',
    version: 3,
  });
});

test('leaving a form asks when something was changed, and only then', async () => {
  const id = await entered('Moreau');
  const page = await open(await here.person(), `/patients/${id}`);
  await heading(page, 'Moreau Zoé');
  await page.keyboard.press('e');
  const comments = page.getByLabel('Remarques');
  await comments.waitFor();
  await page.getByRole('button', { name: 'Date de naissance : choisir dans un calendrier' }).click();
  await page.getByRole('table').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('table').waitFor({ state: 'detached' });
  expect(page.url(), 'only the calendar is left').toContain('/edit');
  await page.getByRole('link', { name: 'Patients', exact: true }).click();
  await heading(page, 'Patients');

  await page.goBack();
  await comments.fill('À rappeler');
  await page.getByRole('link', { name: 'Patients', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Abandonner les modifications ?' });
  await question.getByRole('button', { name: 'Annuler' }).click();
  expect(await comments.inputValue()).toBe('À rappeler');
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const closing = await asked;
  expect(closing.type(), 'the tab asks too').toBe('beforeunload');
  await closing.dismiss();
  await page.getByRole('link', { name: 'Patients', exact: true }).click();
  await question.getByRole('button', { name: 'Abandonner' }).click();
  await heading(page, 'Patients');
  expect((await read(id)).version).toBe(1);
});

test('a delete is undone for ten seconds, then from the bin, until an administrator purges it', async () => {
  const id = await entered('Petit');
  const page = await open(await here.person(), `/patients/${id}`);
  await page.getByRole('button', { name: 'Mettre à la corbeille' }).click();
  await heading(page, 'Patients');
  await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Annuler' }).click();
  await toast(page, 'Restauré');
  expect((await read(id)).deleted_at).toBeNull();

  await page.getByRole('link', { name: 'Petit Zoé' }).click();
  await page.getByRole('button', { name: 'Mettre à la corbeille' }).click();
  await heading(page, 'Patients');
  await page.getByRole('link', { name: 'Corbeille' }).click();
  await page.getByRole('link', { name: 'Petit Zoé' }).click();
  await page.getByText(/^Dans la corbeille depuis le/).waitFor();
  expect(await page.getByRole('link', { name: 'Modifier' }).count()).toBe(0);
  await page.waitForLoadState('networkidle');
  expect(await page.locator('.problem').getByText('Référence').count(), 'nothing that is missing is asked for').toBe(0);
  await page.getByRole('button', { name: 'Restaurer' }).click();
  await page.getByRole('link', { name: 'Modifier' }).waitFor();
  expect((await read(id)).deleted_at).toBeNull();

  const { version } = await read(id);
  await done(
    here.api.DELETE('/api/patients/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } } }),
  );
  await page.getByRole('link', { name: 'Corbeille' }).click();
  await page.getByRole('button', { name: 'Supprimer définitivement : PETIT Zoé' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer définitivement' }).click();
  await page.getByText('La corbeille est vide').waitFor();
  expect((await here.api.GET('/api/patients/{id}', { params: { path: { id } } })).response.status).toBe(404);
});

test('a patient who has studies cannot be deleted, and whoever tries is told why, by the keyboard too', async () => {
  const id = await entered('Garcia');
  await done(here.api.POST('/api/studies', { body: { patient_fk: id } }));
  const page = await open(await here.person(), `/patients/${id}`);
  const remove = page.getByRole('button', { name: 'Mettre à la corbeille' });
  await remove.focus();
  await page.keyboard.press('Enter');
  await toast(page, 'Un patient qui a des examens ne peut pas être supprimé');
  expect(await remove.isDisabled()).toBe(true);
  expect((await read(id)).deleted_at).toBeNull();
});

test('a delete can be undone for ten seconds, and longer while the pointer is on the offer', async () => {
  const id = await entered('Roux');
  const page = await open(await here.person(), `/patients/${id}`);
  const undo = page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Annuler' });
  await page.clock.install();
  await page.getByRole('button', { name: 'Mettre à la corbeille' }).click();
  await heading(page, 'Patients');
  await undo.hover();
  await page.clock.fastForward(60_000);
  expect(await undo.count(), 'nobody has to be fast').toBe(1);
  await page.mouse.move(0, 0);
  await page.clock.fastForward(9_000);
  expect(await undo.count()).toBe(1);
  await page.clock.fastForward(1_000);
  await undo.waitFor({ state: 'detached' });
  expect((await here.api.GET('/api/patients/{id}', { params: { path: { id } } })).response.status).toBe(404);
});

test('scripts in every text field are shown as text and never run', async () => {
  const script = '<script>alert(1)</script>';
  const image = '<img src=x onerror=alert(1)>';
  const zoe = await done(
    here.api.POST('/api/patients', {
      body: {
        family_name: script,
        given_name: '<svg onload>',
        middle_name: '{{7*7}}',
        birth_name: script,
        ideographic_name: script,
        patient_id: '<b>1</b>',
        issuer_of_patient_id: image,
        address: image,
        telephone_number: 'javascript:alert(1)',
        comments: script + image,
      },
    }),
  );
  const study = await done(
    here.api.POST('/api/studies', {
      body: {
        patient_fk: zoe.id,
        study_description: image,
        institution_name: image,
        referring_physician_name: `${script}^x`,
        accession_number: '<svg/onload=1>',
        comments: script + image,
      },
    }),
  );
  const page = await open(await here.person(), '/');
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  const addresses = [
    '/patients',
    `/patients/${zoe.id}`,
    `/patients/${zoe.id}/edit`,
    '/studies',
    `/studies/${study.id}`,
    `/studies/${study.id}/edit`,
  ];
  for (const address of addresses) {
    await page.goto(`/app${address}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('main img, main script, main svg[onload]').count(), address).toBe(0);
  }
  await page.goto('/app/');
  await page.getByLabel('Rechercher un patient ou un examen').fill('alert');
  await page.getByText(script).first().waitFor();
  expect(ran).toEqual([]);
});

test('leaving while it is saved asks too, and whoever leaves is told how it went and stays there', async () => {
  const id = await entered('Fontaine');
  const page = await open(await here.person(), `/patients/${id}/edit`);
  let release = () => {};
  const hold = async (answer: (route: Route) => Promise<void>) => {
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(`**/api/patients/${id}`, async (route) => {
      if (route.request().method() !== 'PATCH') return await route.continue();
      await held;
      await answer(route);
    });
  };
  const leave = async () => {
    await page.getByLabel('Adresse').fill('Lyon');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('link', { name: 'Statistiques' }).click();
    const question = page.getByRole('dialog', { name: 'Abandonner les modifications ?' });
    await question.getByRole('button', { name: 'Abandonner' }).click();
    await heading(page, 'Statistiques');
    release();
  };
  await hold((route) => route.abort());
  await leave();
  await toast(page, 'Le serveur ne répond pas');
  expect((await read(id)).address).toBeNull();

  await page.unrouteAll({ behavior: 'wait' });
  await page.goto(`/app/patients/${id}/edit`);
  await hold((route) => route.continue());
  await leave();
  await toast(page, 'Enregistré');
  expect(page.url(), 'nobody is pulled from where they are').toContain('/statistics');
  expect((await read(id)).address).toBe('Lyon');
});

test('a conflict that cannot be shown is said', async () => {
  const id = await entered('Garnier');
  const page = await open(await here.person(), `/patients/${id}/edit`);
  await page.getByLabel('Adresse').fill('Lyon');
  const headers = { 'Content-Type': 'application/merge-patch+json' };
  const params = { path: { id }, header: { 'If-Match': '*' } };
  await done(here.api.PATCH('/api/patients/{id}', { params, headers, body: { address: 'Paris' } }));
  await page.route(`**/api/patients/${id}`, (route) =>
    route.request().method() === 'GET' ? route.abort() : route.continue(),
  );
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('alert').getByText('Le serveur ne répond pas').waitFor();
  await page.unrouteAll({ behavior: 'wait' });
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('dialog', { name: 'Quelqu’un d’autre a modifié cette fiche' }).waitFor();
});

test('what the server answers to programs is said to people in their words', async () => {
  const id = await entered('Chevalier');
  const { patient_id, version } = await read(id);
  const page = await open(await here.person(), '/patients/new');
  await page.getByLabel('Nom', { exact: true }).fill('Autre');
  await page.getByLabel('Numéro de patient').fill(patient_id);
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByRole('alert').getByText('Une autre fiche porte déjà ce numéro.').waitFor();
  await page.goto(`/app/patients/${id}`);
  await heading(page, 'Chevalier Zoé');
  const headers = { 'Content-Type': 'application/merge-patch+json' };
  const params = { path: { id }, header: { 'If-Match': `"${version}"` } };
  await done(here.api.PATCH('/api/patients/{id}', { params, headers, body: { address: 'Paris' } }));
  await page.getByRole('button', { name: 'Mettre à la corbeille' }).click();
  await toast(page, 'Rien n’a été modifié. Vérifiez ce qui est affiché maintenant, puis recommencez.');
  await page.getByText('Paris', { exact: true }).waitFor();
});

test('an answer that was lost makes nobody enter a patient twice unawares', async () => {
  const page = await open(await here.person(), '/patients/new');
  await page.getByLabel('Nom', { exact: true }).fill('Marchand');
  await page.getByLabel('Prénom', { exact: true }).fill('Jeanne');
  await page.route('**/api/patients', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByRole('alert').getByText('la fiche est peut-être créée').waitFor();
  await page.getByText('Ces patients existent déjà').waitFor();
  await page.getByRole('link', { name: 'Marchand Jeanne' }).waitFor();
});

test('an unbroken text and one from right to left are read as they are', async () => {
  const { id } = await done(
    here.api.POST('/api/patients', { body: { family_name: 'كوهين', given_name: 'Zoé', comments: 'x'.repeat(600) } }),
  );
  const page = await open(await here.person({ viewport: { width: 1280, height: 800 } }), `/patients/${id}`);
  await page.getByText('Historique', { exact: true }).click();
  const change = page.locator('.changes ins').first();
  await change.waitFor();
  for (const part of [change, page.locator('h1 .person')])
    expect(await part.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate');
  const body = { patient_fk: id, study_description: 'W'.repeat(64) };
  const study = await done(here.api.POST('/api/studies', { body }));
  await page.goto(`/app/studies/${study.id}`);
  await heading(page, body.study_description);
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await sideways()).toBeLessThanOrEqual(0);
});

test('a date is typed with spaces, and what is wrong is said of the right kind', async () => {
  const id = await entered('Lambert');
  const page = await open(await here.person(), `/studies/new?patient=${id}`);
  const date = page.getByLabel('Date', { exact: true });
  await date.pressSequentially('3 2 2026');
  await page.getByLabel('Heure').fill('25:00');
  await page.getByLabel('Modalités').fill('ABCDEFGHIJKLMNOPQ');
  expect(await date.inputValue()).toBe('03/02/2026');
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByText('Heure : une heure est attendue, par exemple 08:30.').first().waitFor();
  await page.getByText('Modalités : des codes de 16 lettres et chiffres au plus').first().waitFor();
});
