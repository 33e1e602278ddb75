// Holds the catalogues against each other and against the sources: both languages have the same keys with the same values in
// them, every plural has the forms of its language, every key is used, no text stands in the sources themselves, and the signs
// that French sets apart are set apart by spaces that never break.
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const root = new URL('../src/', import.meta.url);
const faults = [];
const languages = ['fr', 'en'];

/** The texts of a language by their whole keys. */
function catalogue(language) {
  const flat = {};
  const walk = (value, key) => {
    if (typeof value === 'string') flat[key] = value;
    else for (const [name, inner] of Object.entries(value)) walk(inner, key ? `${key}.${name}` : name);
  };
  const folder = new URL(`i18n/${language}/`, root);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    walk(
      JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
      file === 'core.json' ? '' : file.replace('.json', ''),
    );
  }
  return flat;
}

const plural = /_(zero|one|many|other)$/;
const values = (text) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
const texts = Object.fromEntries(languages.map((language) => [language, catalogue(language)]));
const keys = Object.fromEntries(
  languages.map((language) => [language, new Set(Object.keys(texts[language]).map((key) => key.replace(plural, '')))]),
);

for (const key of keys.fr) if (!keys.en.has(key)) faults.push(`en lacks ${key}`);
for (const key of keys.en) if (!keys.fr.has(key)) faults.push(`fr lacks ${key}`);
for (const language of languages) {
  for (const [key, text] of Object.entries(texts[language])) {
    if (text.trim() === '') faults.push(`${language}: ${key} is empty`);
    if (language === 'fr' && / [:;?!»]|« |n° /.test(text)) faults.push(`fr: ${key} breaks a line before a sign`);
    const base = key.replace(plural, '');
    if (key !== base) {
      // French has a form for millions; where it is not named the usual plural stands.
      for (const form of ['one', 'other'])
        if (!(`${base}_${form}` in texts[language])) faults.push(`${language}: ${base} lacks ${form}`);
    }
    const other = texts[language === 'fr' ? 'en' : 'fr'];
    const twin = other[key] ?? other[`${base}_other`];
    const optional = (list) => list.filter((name) => name !== 'count').join();
    if (twin !== undefined && optional(values(text)) !== optional(values(twin)))
      faults.push(`${key}: other values in the two languages`);
  }
}

/** The sources, the tests left out. */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const url = new URL(entry.name + (entry.isDirectory() ? '/' : ''), folder);
    if (entry.isDirectory()) return entry.name === 'i18n' ? [] : sources(url);
    return /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name) ? [url] : [];
  });
}

const shown = new Set([
  'title',
  'label',
  'placeholder',
  'alt',
  'aria-label',
  'description',
  'text',
  'action',
  'caption',
  'header',
  'detail',
  'submit',
]);
const isText = (text) => /\p{L}{2,}/u.test(text);
const used = new Set();
const beginnings = [];
for (const url of sources(root)) {
  const path = url.pathname.slice(root.pathname.length);
  const source = ts.createSourceFile(
    path,
    readFileSync(url, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const fault = (node, what) =>
    faults.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${what}`);
  const visit = (node) => {
    if (ts.isJsxText(node) && isText(node.text)) fault(node, `text outside the catalogues: ${node.text.trim()}`);
    if (
      ts.isJsxAttribute(node) &&
      shown.has(node.name.getText()) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer) &&
      isText(node.initializer.text)
    ) {
      fault(node, `text outside the catalogues: ${node.initializer.text}`);
    }
    if (ts.isStringLiteralLike(node)) used.add(node.text);
    if (ts.isTemplateExpression(node)) beginnings.push(node.head.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
}
for (const key of keys.fr) {
  const composed = beginnings.some((beginning) => beginning.includes('.') && key.startsWith(beginning));
  if (!used.has(key) && !composed) faults.push(`nothing uses ${key}`);
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
