import { expect, test } from 'vitest';
import { open } from './browser';
import { setting } from './setting';

// Its end is announced two minutes before: here some seconds after the sign-in.
const here = setting(undefined, { SESSION_IDLE_TIMEOUT: '130' });

test('the end of a session that is not used is announced, and put off', async () => {
  const page = await open(await here.person(), '/accessibility');
  const notice = page.getByRole('alert').getByText('Votre session se termine dans moins de deux minutes');
  await notice.waitFor({ timeout: 60_000 });
  const renewal = page.waitForResponse((response) => response.url().endsWith('/api/auth/refresh'));
  await page.getByRole('button', { name: 'Rester connecté' }).click();
  expect((await renewal).status()).toBe(200);
  await notice.waitFor({ state: 'detached' });
});

test('at its end the session asks for the password over the page, of which nothing is seen any more', async () => {
  const context = await here.person();
  await context.clock.install();
  const page = await open(context, '/accessibility');
  await page.clock.fastForward(131_000);
  await page.getByRole('dialog', { name: 'Votre session a expiré' }).waitFor();
  const behind = () =>
    page.evaluate(() => {
      const dialog = document.querySelector('dialog');
      return dialog && getComputedStyle(dialog, '::backdrop').backgroundColor;
    });
  expect(await behind()).toMatch(/^rgb\(/);
});
