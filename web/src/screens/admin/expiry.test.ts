import { expect, test } from 'vitest';
import { endOf } from './expiry';

const now = new Date('2026-03-01T09:00:00');

test('a key is good to the end of its last day', () => {
  expect(endOf('2026-04-01', now)).toBe(new Date('2026-04-01T23:59:59').toISOString());
});

test('a year from today is not more than a year', () => {
  const end = new Date(endOf('2027-03-01', now)).getTime();
  expect(end).toBeLessThan(now.getTime() + 365 * 86_400_000);
  expect(end).toBeGreaterThan(now.getTime() + 364 * 86_400_000);
});

test('a day beyond is left to the server to refuse', () => {
  expect(endOf('2027-03-02', now)).toBe(new Date('2027-03-02T23:59:59').toISOString());
});
