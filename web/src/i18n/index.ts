import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { speak } from '../api/client';
import type fr from './fr';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof fr };
    returnNull: false;
  }
}

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

const catalogues = { fr: () => import('./fr'), en: () => import('./en') };

/** Shows a language: its texts, the page's `lang`, and the language of the server's messages. */
export async function show(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({ fallbackLng: false, interpolation: { escapeValue: false } });
  }
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const { default: texts } = await catalogues[language]();
    i18next.addResourceBundle(language, 'translation', texts);
  }
  speak(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** The language chosen here before, else the first of the browser's that there is, else French. */
export function preferred(chosen: string | null): Language {
  const wished = [chosen, ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return wished.flatMap((tag) => languages.filter((language) => language === tag))[0] ?? 'fr';
}
