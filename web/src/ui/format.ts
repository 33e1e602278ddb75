import { useMemo } from 'react';
import { usePreferences } from '../shell/preferences';

/** Dates and numbers as the language writes them; days come first in English too, as they are typed. */
export function formats(language: string) {
  const locale = language === 'en' ? 'en-GB' : 'fr-FR';
  const day = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const kilobytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  const megabytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const unbroken = (text: string) => text.replaceAll(' ', '\u00a0');
  const utc = (iso: string) => new Date(`${iso}T00:00:00Z`);
  return {
    locale,
    /** `1980-01-31` as 31/01/1980. */
    date: (iso: string) => day.format(utc(iso)),
    /** `1980-01` as janvier 1980. */
    month: (iso: string) => month.format(utc(`${iso}-01`)),
    /** An RFC 3339 instant, in the time zone of the browser. */
    instant: (text: string) => unbroken(instant.format(new Date(text))),
    /** An instant to the second. */
    moment: (text: string) => unbroken(moment.format(new Date(text))),
    /** `08:30:00` as 08:30. */
    time: (text: string) => text.slice(0, 5),
    number: (value: number) => number.format(value),
    percent: (value: number) => percent.format(value),
    /** A number of bytes, as the computers of the people who read it show sizes of files. */
    size: (bytes: number) => (bytes < 1e6 ? kilobytes.format(Math.ceil(bytes / 1e3)) : megabytes.format(bytes / 1e6)),
    list: (items: string[]) => list.format(items),
  };
}

export type Formats = ReturnType<typeof formats>;

export function useFormats(): Formats {
  const { language } = usePreferences();
  return useMemo(() => formats(language), [language]);
}
