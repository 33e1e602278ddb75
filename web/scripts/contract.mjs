// Makes src/api/schema.d.ts (types) and src/api/constraints.ts (rules of the fields that people fill in) of openapi.yaml.
// With --check it only compares, and fails when they are not those of the contract.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const contract = new URL('../../openapi.yaml', import.meta.url);
const schemas = parse(readFileSync(contract, 'utf8')).components.schemas;
const header = '// Generated from openapi.yaml by `npm run contract`; not edited by hand.\n';

/** A schema with what it refers to put in. */
function resolved(schema) {
  if (schema.$ref) return resolved(schemas[schema.$ref.split('/').at(-1)]);
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? [])].map(resolved).filter((part) => part.type !== 'null');
  return Object.assign({}, schema, ...parts);
}

/** The rules that a browser can check before the server does. */
function rules(schema) {
  const whole = resolved(schema);
  const known = ['minLength', 'maxLength', 'pattern', 'enum', 'minimum', 'maximum', 'format', 'maxItems'];
  const found = Object.fromEntries(known.filter((key) => key in whole).map((key) => [key, whole[key]]));
  return whole.items ? { ...found, items: rules(whole.items) } : found;
}

function constraints() {
  const written = Object.keys(schemas).filter((name) => /(Create|Update)$/.test(name));
  const all = written.map((name) => {
    const { properties = {}, required = [] } = resolved(schemas[name]);
    const fields = Object.entries(properties).map(([field, schema]) => [
      field,
      { required: required.includes(field), ...rules(schema) },
    ]);
    return [name, Object.fromEntries(fields)];
  });
  return `${header}export const constraints = ${JSON.stringify(Object.fromEntries(all), null, 1)} as const;\n`;
}

const files = {
  'schema.d.ts': header + astToString(await openapiTS(contract, { defaultNonNullable: false })),
  'constraints.ts': constraints(),
};
for (const [name, text] of Object.entries(files)) {
  const path = new URL(`../src/api/${name}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`src/api/${name} is not that of openapi.yaml: npm run contract makes it anew`);
    process.exitCode = 1;
  }
}
