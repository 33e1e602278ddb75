import { expect, test } from 'vitest';
import { nameParts, plainName, withName } from './names';

test('a name is read by its components', () => {
  expect(nameParts('Durand^Zoé^Marie^Dr^MD')).toEqual({
    family: 'Durand',
    given: 'Zoé',
    middle: 'Marie',
    prefix: 'Dr',
    suffix: 'MD',
  });
});

test('the first group that says something is the name', () => {
  expect(plainName('=山田^太郎=やまだ^たろう')).toBe('山田 太郎');
  expect(plainName('Yamada^Tarou=山田^太郎')).toBe('YAMADA Tarou');
});

test('changing a name keeps its other components and groups', () => {
  expect(withName('Yamada^Tarou^^Dr=山田^太郎', 'Tanaka', 'Jirou')).toBe('Tanaka^Jirou^^Dr=山田^太郎');
  expect(withName('', 'Moreau', '')).toBe('Moreau');
  expect(withName('Moreau^Anne', '', '')).toBe('');
});
