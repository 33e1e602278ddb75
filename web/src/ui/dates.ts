/** Dates as people type them, and as the contract has them (ISO 8601). */

/** A date typed as `31011980`, `31/01/1980`, `31.1.1980`, `31-1-1980`, `31 1 1980` or `1980-01-31`; null when it is none. */
export function parseDate(typed: string): string | null {
  const text = typed.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return isoDate(iso[1], iso[2], iso[3]);
  const dayFirst = /^(\d{2})(\d{2})(\d{4})$/.exec(text) ?? /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(text);
  return dayFirst ? isoDate(dayFirst[3], dayFirst[2], dayFirst[1]) : null;
}

/** A text whose dates are as the contract has them. Eight digits in a row stay: they may be a number. */
export function withIsoDates(text: string): string {
  return text.replace(/(?<![\d/.-])\d{1,2}([/.-])\d{1,2}\1\d{4}(?![\d/.-])/g, (date) => parseDate(date) ?? date);
}

/** A real day of the calendar; the 31st of February is none. */
function isoDate(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

/** A time typed as `830`, `0830`, `8:30`, `8h30` or `08:30:15`; null when it is none. */
export function parseTime(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const parts =
    /^(\d{1,2})[:h](\d{2})(?::(\d{2}(?:\.\d{1,6})?))?$/.exec(text) ??
    /^(\d{1,2})(\d{2})$/.exec(text) ??
    /^(\d{1,2})h$/.exec(text);
  if (!parts) return null;
  const [, hour = '', minute = '00', second] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) >= 60) return null;
  return `${hour.padStart(2, '0')}:${minute}${second ? `:${second}` : ''}`;
}

/** Whole years from a birth date to a day, both ISO dates. */
export function age(birth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
  return on.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** The day it is here, as an ISO date. */
export function today(now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
