// Builds the interface anew and fails when that is not what web/dist has: the server carries the committed files. Compressed
// files are compared by what is in them, since another version of Node may compress otherwise. Then the budgets are held.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';

const web = fileURLToPath(new URL('..', import.meta.url));
const committed = join(web, 'dist');
const built = mkdtempSync(join(tmpdir(), 'patientele-dist-'));
const faults = [];

/** What a file holds. */
function content(folder, name) {
  const bytes = readFileSync(join(folder, name));
  if (name.endsWith('.br')) return brotliDecompressSync(bytes);
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** The scripts that a page loads before it shows anything: those it names, and what they import at once. */
function firstScripts(page, found = new Set()) {
  const text = readFileSync(join(built, page), 'utf8');
  const named = page.endsWith('.html')
    ? /(?:src|href)="\/app\/([\w-]+\.js)"/g
    : /(?:from|import)\s*"\.\/([\w-]+\.js)"/g;
  for (const [, name] of text.matchAll(named)) {
    if (!found.has(name)) firstScripts(name, found.add(name));
  }
  return found;
}

const size = (names) =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(join(built, name)), { level: 9 }).length, 0);

function budget(what, names, limit) {
  const bytes = size(names);
  console.log(`${what}: ${(bytes / 1000).toFixed(1)} kB of ${limit} kB, compressed by gzip`);
  if (bytes > limit * 1000) faults.push(`${what} is over its budget`);
}

try {
  execFileSync('npx', ['vite', 'build', '--outDir', built, '--logLevel', 'error'], { cwd: web, stdio: 'inherit' });
  const names = new Set([...readdirSync(built), ...readdirSync(committed)]);
  for (const name of names) {
    try {
      if (!content(built, name).equals(content(committed, name)))
        faults.push(`web/dist/${name} is not what the sources make`);
    } catch {
      faults.push(`web/dist/${name} is only on one side`);
    }
  }
  // The first page is the search; its language is one of the two.
  const first = new Set([...firstScripts('index.html'), ...firstScripts('SearchHome.js'), 'SearchHome.js', 'fr.js']);
  budget('scripts of the first page', [...first], 180);
  budget('styles', ['app.css'], 25);
} finally {
  rmSync(built, { recursive: true });
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) {
  console.error('npm --prefix web run build renews web/dist');
  process.exitCode = 1;
}
