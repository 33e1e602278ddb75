import { expect, test } from 'vitest';
import { open } from './browser';
import { demonstration } from './demonstration';
import { done } from './server';
import { setting } from './setting';

const here = setting(demonstration);

test('the registry is counted, as a table that shows bars', async () => {
  const page = await open(await here.person(), '/statistics');
  const counted = await done(here.api.GET('/api/statistics', {}));
  const cells = (name: string) => page.getByRole('table', { name }).getByRole('cell').allTextContents();
  await page.getByRole('table', { name: 'Examens par modalité' }).waitFor();
  const { by_modality, by_month } = counted.studies;
  expect(by_modality.length).toBeGreaterThan(3);
  expect(await cells('Examens par modalité')).toEqual(by_modality.map(({ studies }) => String(studies)));
  expect(await cells('Patients par sexe')).toEqual(counted.patients.by_sex.map(({ patients }) => String(patients)));
  expect(await cells('Examens par mois'), 'the latest first').toEqual(
    by_month.toReversed().map(({ studies }) => String(studies)),
  );
  await page.locator('.filters > summary').click();
  await page.getByLabel('Date des examens : du', { exact: true }).fill('01/01/2026');
  await page.getByLabel('Date des examens : au', { exact: true }).fill('31/01/2026');
  const january = by_month.find(({ month }) => month === '2026-01')?.studies ?? 0;
  await expect.poll(() => cells('Examens par mois')).toEqual([String(january)]);
});
