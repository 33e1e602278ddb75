import { NativeSelect, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Language, languages } from '../i18n';
import { preferences, usePreferences } from './preferences';

const schemes = ['auto', 'light', 'dark'] as const;

/** Language and theme, remembered in this browser. */
export function Choices() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  // To stop them, Mantine would write a style element, which the policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <div className="choices">
      <NativeSelect
        size="xs"
        label={t('nav.language')}
        value={language}
        data={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(event) => preferences.set({ language: event.currentTarget.value as Language })}
      />
      <NativeSelect
        size="xs"
        label={t('nav.theme')}
        value={colorScheme}
        data={schemes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChange={(event) => setColorScheme(event.currentTarget.value as (typeof schemes)[number])}
      />
    </div>
  );
}
