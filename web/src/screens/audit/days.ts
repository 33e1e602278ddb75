/**
 * Days `A..B` as the instants at which they begin and end here, either of them open: the trail counts in UTC, and who asks for a
 * day means the one on the own clock.
 */
export function instantsOf(range: string): string {
  const [first = '', last = first] = range.split('..').map((day) => (/^\d{4}-\d\d-\d\d$/.test(day) ? day : ''));
  return `${first && startOf(first, 0)}..${last && startOf(last, 1)}`;
}

function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  // The last millisecond before the next day belongs to the day: both ends of a range count.
  return new Date(new Date(year, month - 1, date + later).getTime() - later).toISOString();
}
