import { expect, test } from 'vitest';
import { age, parseDate, parseTime, withIsoDates } from './dates';

test.each(['31011980', '31/01/1980', '31.1.1980', '31-1-1980', '31 1 1980', '1980-01-31', ' 1980-1-31 '])(
  '%s is a date',
  (typed) => {
    expect(parseDate(typed)).toBe('1980-01-31');
  },
);

test.each(['', '31/02/1980', '29022023', '1980', '310180', '31/01/80', '00/01/1980', '31/13/1980', 'hier'])(
  '%s is none',
  (typed) => {
    expect(parseDate(typed)).toBeNull();
  },
);

test.each([
  ['durand 31/01/1980', 'durand 1980-01-31'],
  ['1.2.1980', '1980-02-01'],
  ['31011980', '31011980'],
  ['31/02/1980', '31/02/1980'],
  ['1.2.1980.5', '1.2.1980.5'],
  ['1980-01-31', '1980-01-31'],
])('%s is searched as %s', (typed, searched) => {
  expect(withIsoDates(typed)).toBe(searched);
});

test('a leap day is a date in a leap year', () => {
  expect(parseDate('29/02/2024')).toBe('2024-02-29');
});

test.each([
  ['830', '08:30'],
  ['0830', '08:30'],
  ['8:30', '08:30'],
  ['8h30', '08:30'],
  ['8h', '08:00'],
  ['08:30:15', '08:30:15'],
])('%s is the time %s', (typed, time) => {
  expect(parseTime(typed)).toBe(time);
});

test.each(['', '24:00', '8:60', '8', 'midi', '08:30:61'])('%s is no time', (typed) => {
  expect(parseTime(typed)).toBeNull();
});

test('an age counts birthdays', () => {
  expect(age('1980-01-31', '2026-01-30')).toBe(45);
  expect(age('1980-01-31', '2026-01-31')).toBe(46);
  expect(age('2024-02-29', '2025-02-28')).toBe(0);
});
