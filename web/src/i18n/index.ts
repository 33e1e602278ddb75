import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { speak } from '../api/client';
import type fr from './fr';
import type more from './fr-more';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof fr & typeof more };
    returnNull: false;
  }
}

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

const catalogues = {
  fr: { first: () => import('./fr'), more: () => import('./fr-more') },
  en: { first: () => import('./en'), more: () => import('./en-more') },
};
type Part = keyof (typeof catalogues)['fr'];
const wanted = new Set<Part>(['first']);
const loaded = new Set<string>();

/** Shows a language: its texts, the page's `lang`, and the language of the server's messages. */
export async function show(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({ fallbackLng: false, interpolation: { escapeValue: false } });
  }
  await load(language);
  speak(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** A screen with the texts that the first page does without. */
export async function withMore<T>(screen: Promise<T>): Promise<T> {
  wanted.add('more');
  await load(languages.find((language) => language === i18next.language) ?? 'fr');
  return await screen;
}

/** Loads what is wanted of a language and is not there. */
async function load(language: Language): Promise<void> {
  const missing = [...wanted].filter((part) => !loaded.has(`${language}-${part}`));
  await Promise.all(
    missing.map(async (part) => {
      const { default: texts } = await catalogues[language][part]();
      i18next.addResourceBundle(language, 'translation', texts, true);
      loaded.add(`${language}-${part}`);
    }),
  );
}

/** The language chosen here before, else the first of the browser's that there is, else French. */
export function preferred(chosen: string | null): Language {
  const wished = [chosen, ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return wished.flatMap((tag) => languages.filter((language) => language === tag))[0] ?? 'fr';
}
