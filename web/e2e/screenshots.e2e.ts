import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { open } from './browser';
import { demonstration } from './demonstration';
import { setting } from './setting';

// The pictures of the README are made anew when that is asked for: another browser draws another picture.
const kept = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const folder = process.env.SCREENSHOTS ? kept : mkdtempSync(join(tmpdir(), 'patientele-screenshots-'));

mkdirSync(folder, { recursive: true });
const here = setting(demonstration);

test('the pictures of the README', async () => {
  const viewport = { width: 1280, height: 840 };
  for (const [name, colorScheme] of [
    ['search', 'light'],
    ['patient', 'dark'],
  ] as const) {
    const page = await open(
      await here.person({ viewport, colorScheme, reducedMotion: 'reduce' }),
      name === 'search' ? '/' : '/patients/1',
    );
    if (name === 'search') {
      await page.locator('#search').fill('lef');
      await page.locator('main mark').first().waitFor();
    } else await page.getByRole('link', { name: 'IRM cérébrale' }).waitFor();
    await page.waitForLoadState('networkidle');
    // Nothing is pointed at.
    await page.mouse.move(0, 0);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    expect(statSync(path).size).toBeGreaterThan(20_000);
  }
});
