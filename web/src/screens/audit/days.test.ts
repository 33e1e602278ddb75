import { expect, test } from 'vitest';
import { instantsOf } from './days';

const start = (...day: [number, number, number]) => new Date(...day).toISOString();
const end = (...day: [number, number, number]) => new Date(...day, 23, 59, 59, 999).toISOString();

test('days begin and end at midnight here', () => {
  expect(instantsOf('2026-11-21..2026-11-22')).toBe(`${start(2026, 10, 21)}..${end(2026, 10, 22)}`);
  expect(instantsOf('2026-12-31')).toBe(`${start(2026, 11, 31)}..${end(2026, 11, 31)}`);
});

test('either end may be open', () => {
  expect(instantsOf('2026-11-21..')).toBe(`${start(2026, 10, 21)}..`);
  expect(instantsOf('..2026-11-22')).toBe(`..${end(2026, 10, 22)}`);
});
