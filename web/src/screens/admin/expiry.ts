import { today } from '../../ui/dates';

/** How long a key may be good, in milliseconds; a minute less, since clocks differ. */
const longest = 365 * 86_400_000 - 60_000;

/** The end of the day on which a key ends, as an instant: of the last day that there can be, the latest that the server takes. */
export function endOf(day: string, now = new Date()): string {
  const end = new Date(`${day}T23:59:59`).getTime();
  const inYear = new Date(now);
  inYear.setFullYear(now.getFullYear() + 1);
  const latest = now.getTime() + longest;
  return new Date(day <= today(inYear) ? Math.min(end, latest) : end).toISOString();
}
