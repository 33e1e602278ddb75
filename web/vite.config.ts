import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { theme, usedColors } from './src/theme.ts';

/**
 * The theme's variables as a stylesheet, `virtual:theme.css`. Mantine would write them into a style element in the page, which
 * the Content-Security-Policy refuses.
 */
function themeStylesheet(): Plugin {
  const id = 'virtual:theme.css';
  return {
    name: 'theme-stylesheet',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load(source) {
      if (source !== `\0${id}`) return null;
      const variables = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
      const used = (values: Record<string, string>) =>
        Object.fromEntries(Object.entries(values).filter(([name]) => isUsed(name, Object.keys(DEFAULT_THEME.colors))));
      return convertCssVariables(
        { variables: used(variables.variables), light: used(variables.light), dark: used(variables.dark) },
        ':root',
      );
    },
  };
}

function isUsed(variable: string, palettes: string[]): boolean {
  const palette = /^--mantine-color-([a-z]+)-/.exec(variable)?.[1];
  return palette === undefined || usedColors.includes(palette) || !palettes.includes(palette);
}

/** Each file beside itself in the codings that the server sends; small files stay as they are. */
function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    writeBundle({ dir = 'dist' }) {
      for (const name of readdirSync(dir)) {
        const content = readFileSync(join(dir, name));
        if (!/\.(js|css|html|svg)$/.test(name) || content.length < 1024) continue;
        const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content, { params: quality }));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** The components of Mantine that neither the sign-in, the frame nor the search use; nothing of the first page imports them. */
const mantineOfForms = /@mantine\/core\/esm\/(components\/(Checkbox|Kbd|Radio|Switch|Textarea)|utils\/InlineInput)\//;
const mantineOfCalendar =
  /node_modules\/(@mantine\/dates|dayjs|@floating-ui|@mantine\/hooks\/esm\/use-(focus|long)|@mantine\/core\/esm\/(components\/(FocusTrap|Overlay|Popover|Portal)|utils\/Floating))/;

/** The server behind `npm run dev`. */
const served = process.env.PATIENTELE_URL ?? 'http://127.0.0.1:5000';

export default defineConfig({
  base: '/app/',
  plugins: [react(), themeStylesheet(), precompressed()],
  build: {
    target: 'es2023',
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        entryFileNames: 'app.js',
        chunkFileNames: '[name].js',
        assetFileNames: (asset) => (asset.names[0]?.endsWith('.css') ? 'app.css' : '[name][extname]'),
        codeSplitting: {
          includeDependenciesRecursively: false,
          // Few files, each with a name that stays. What the first page needs is in `vendor`, `mantine`, `ui` and `parts`.
          groups: [
            { name: 'calendar', test: mantineOfCalendar },
            { name: 'forms', test: mantineOfForms },
            { name: 'mantine', test: /node_modules\/(@mantine|clsx)\// },
            {
              name: 'ui',
              test: /node_modules\/@tabler\/|src\/(i18n\/index|api\/(?!constraints)|shell\/(?!Help|PasswordChange)|ui\/(?!DatePicker|record-fields|Facts|DataTable|SecretDialog))/,
            },
            { name: 'vendor', test: /node_modules\// },
            {
              name: 'parts',
              test: /src\/screens\/(search\/(?!SearchHome)|patients\/(PatientLine|NewPatientButton)|studies\/(StudyLine|Modalities|StatusBadge))/,
            },
            {
              name: 'administration',
              test: /src\/(screens\/(account|admin|audit|import|statistics)|shell\/PasswordChange|ui\/SecretDialog)/,
            },
            {
              name: 'registry',
              test: /src\/(screens\/(patients|studies|records|lists|bin|attempt)|ui\/(record-fields|Facts|DataTable)|api\/constraints)/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': served, '/health': served } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
