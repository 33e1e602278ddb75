#!/usr/bin/env node
// How fast the interface is where people wait for it: from the last key of a search to its painted result in a registry of
// 100,000 patients, and from opening the interface to its largest part. Prints Markdown tables. Needs what
// `tests/setup/node.sh` installs.
//
//     bench/interface.mjs target/release/patientele [--patients 100000] [--searches 200] [--folder FOLDER]
//
// The folder keeps what was loaded for the next run; without it all is made anew and removed.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { chromium } = createRequire(new URL('../web/package.json', import.meta.url))('playwright-core');
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    patients: { type: 'string', default: '100000' },
    searches: { type: 'string', default: '200' },
    folder: { type: 'string' },
  },
});
const program = realpathSync(positionals[0] ?? 'target/release/patientele');
const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'patientele-interface-'));
const password = 'seven lorries carry otters';
const environment = {
  ...process.env,
  DATABASE_URL: '',
  HOST: '127.0.0.1',
  PORT: '0',
  DATA_DIR: folder,
  JWT_SECRET: 'this key signs what a benchmark does and nothing else',
  ADMIN_PASSWORD: password,
  RATE_LIMIT: 'off',
  LOG_LEVEL: 'warn',
};
/** How fast a practised typist types, in milliseconds a key. */
const pace = 110;

/** Loads invented patients and their studies, unless the folder has them already. */
function load() {
  mkdirSync(folder, { recursive: true });
  const loaded = join(folder, `loaded-${options.patients}`);
  if (existsSync(loaded)) return;
  execFileSync('python3', [new URL('generate.py', import.meta.url).pathname, options.patients, folder]);
  const run = (...args) => execFileSync(program, args, { cwd: folder, env: environment, stdio: 'ignore' });
  run('migrate', 'up');
  run('import', join(folder, 'patients.csv'), join(folder, 'studies.csv'));
  writeFileSync(loaded, '');
}

/** The server, once it says where it serves. */
async function start() {
  const server = spawn(program, ['serve'], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((resolve, reject) => {
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    server.stdout.on('data', (data) => {
      const match = /serves on (\S+)/.exec(data.toString());
      if (match) resolve(match[1]);
    });
  });
  return { server, url: `http://${address}` };
}

/** What people type, spread over the registry: beginnings of names, whole names, both names, without the accents, and mistyped. */
function typed(number) {
  const rows = readFileSync(join(folder, 'patients.csv'), 'utf8').trim().split('\n').slice(1);
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const texts = new Set();
  // The interface keeps what it has searched, and may have searched what another text begins with.
  for (let turn = 0; texts.size < number; turn += 1) {
    const [, , family, given] = rows[(turn * 7919) % rows.length].split(',');
    const kinds = [
      family.slice(0, 2 + (turn % 5)),
      family,
      `${family} ${given}`,
      plain(`${given} ${family.slice(0, 3)}`),
      `${plain(family).slice(0, 4)} ${plain(given).slice(0, 2)}`,
      family.length > 5 ? family[0] + family[2] + family[1] + family.slice(3) : family,
    ];
    const text = kinds[turn % kinds.length].trim();
    if (![...texts].some((earlier) => earlier.startsWith(text))) texts.add(text);
  }
  return [...texts];
}

/** Notes when the last key was pressed, when the answer to a text came, and when its result was painted. */
function observe() {
  const state = { text: null, key: 0, asked: 0, answered: 0, painted: 0 };
  globalThis.typing = state;
  addEventListener('keydown', (event) => { state.key = event.timeStamp; }, true);
  const { fetch } = globalThis;
  globalThis.fetch = async (request) => {
    const { q, count } = request.url.endsWith('/api/search') ? await request.clone().json() : {};
    // The hits are counted by a request of its own.
    const search = count ? null : q;
    const asked = performance.now();
    const answer = await fetch(request);
    if (search && search === state.text) {
      state.asked = asked;
      state.answered = performance.now();
    }
    return answer;
  };
  const shown = () => {
    const busy = document.querySelector('main [aria-busy="true"]');
    if (!state.answered || state.painted || busy || !document.querySelector('main .count, main .empty')) return;
    requestAnimationFrame(() => {
      // A message is handled after the frame that is being made.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { state.painted ||= performance.now(); };
      port2.postMessage(null);
    });
  };
  new MutationObserver(shown).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}

async function search(page, text) {
  const field = page.locator('#search');
  await field.fill('');
  await page.locator('main .count').waitFor({ state: 'detached' });
  await page.evaluate((words) => Object.assign(globalThis.typing, { text: words, key: 0, asked: 0, answered: 0, painted: 0 }), text);
  await field.pressSequentially(text, { delay: pace });
  await page.waitForFunction(() => globalThis.typing.painted > 0);
  const { key, asked, answered, painted } = await page.evaluate(() => globalThis.typing);
  return { total: painted - key, waited: asked - key, server: answered - asked, page: painted - answered };
}

/** The largest contentful paint of an address that this browser has never seen, on a processor a quarter as fast. */
async function largestPaint(context, url, path, ready) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    globalThis.largest = 0;
    new PerformanceObserver((list) => { globalThis.largest = list.getEntries().at(-1).startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(`${url}${path}`);
  await page.locator(ready).first().waitFor();
  await page.waitForTimeout(1_000);
  const largest = await page.evaluate(() => globalThis.largest);
  await page.close();
  return largest;
}

const percentile = (numbers, share) => {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
};
const row = (name, numbers) =>
  console.log(`| ${name} | ${[0.5, 0.95, 1].map((share) => percentile(numbers, share).toFixed(0)).join(' | ')} |`);

load();
const { server, url } = await start();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
try {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 800 } });
  const before = [];
  for (let turn = 0; turn < 5; turn += 1) before.push(await largestPaint(context, url, '/app/', '#field-username'));
  const page = await context.newPage();
  await page.addInitScript(observe);
  await page.goto(`${url}/app/`);
  await page.locator('#field-username').fill('admin');
  await page.locator('#field-password').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('#search').waitFor();
  const after = [];
  for (let turn = 0; turn < 5; turn += 1) after.push(await largestPaint(context, url, '/app/', '.hit, .row-link'));
  const [first, ...texts] = typed(Number(options.searches) + 1);
  await search(page, first);
  const found = [];
  for (const text of texts) found.push(await search(page, text));

  console.log(`${program}, ${Number(options.patients).toLocaleString('en')} patients, ${cpus().length} × ${cpus()[0].model.trim()}\n`);
  console.log(`| ${texts.length} searches, ms | median | p95 | most |\n| --- | --- | --- | --- |`);
  row('last key to painted result', found.map(({ total }) => total));
  row('of it, waiting whether more is typed', found.map(({ waited }) => waited));
  row('of it, the server', found.map(({ server }) => server));
  row('of it, the page', found.map(({ page }) => page));
  console.log('\n| largest contentful paint, processor slowed down 4 times, nothing cached, ms | median | p95 | most |\n| --- | --- | --- | --- |');
  row('sign-in', before);
  row('search, signed in', after);
} finally {
  await browser.close();
  server.kill();
  await new Promise((resolve) => server.once('close', resolve));
  if (!options.folder) rmSync(folder, { recursive: true });
}
