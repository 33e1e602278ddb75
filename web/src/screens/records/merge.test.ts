import { expect, test } from 'vitest';
import { differences, merged } from './merge';

const base = { family_name: 'Durand', sex: '', address: 'Lyon', comments: '' };
const names = Object.keys(base);

test('changes to different fields go together', () => {
  const mine = { ...base, address: 'Paris' };
  const theirs = { ...base, comments: 'À rappeler' };
  const found = differences(names, base, mine, theirs);
  expect(found.map(({ name, conflict }) => [name, conflict])).toEqual([
    ['address', false],
    ['comments', false],
  ]);
  expect(merged(found, theirs, {})).toEqual({ ...base, address: 'Paris', comments: 'À rappeler' });
});

test('where both changed a field the chosen side stands, mine unless said', () => {
  const mine = { ...base, family_name: 'Durant' };
  const theirs = { ...base, family_name: 'Dupont' };
  const found = differences(names, base, mine, theirs);
  expect(found).toEqual([{ name: 'family_name', base: 'Durand', mine: 'Durant', theirs: 'Dupont', conflict: true }]);
  expect(merged(found, theirs, {}).family_name).toBe('Durant');
  expect(merged(found, theirs, { family_name: 'theirs' }).family_name).toBe('Dupont');
});

test('the same change by both is no conflict', () => {
  const same = { ...base, sex: 'F' };
  expect(differences(names, base, same, same)).toEqual([
    { name: 'sex', base: '', mine: 'F', theirs: 'F', conflict: false },
  ]);
});

test('a field that was emptied stays empty', () => {
  const mine = { ...base, address: '' };
  const found = differences(names, base, mine, base);
  expect(merged(found, base, {}).address).toBe('');
});
