import { expect, test } from 'vitest';
import { isSearchable } from './words';

test.each(['du', '王', '김', 'さ', 'サ', '王 d'])('%s is searched', (words) => {
  expect(isSearchable(words)).toBe(true);
});

test.each(['', 'd', '7'])('%s is not', (words) => {
  expect(isSearchable(words)).toBe(false);
});
