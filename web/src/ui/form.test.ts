import { expect, test } from 'vitest';
import { constraints } from '../api/constraints';
import { Problem } from '../api/problem';
import { faultOf, faultsOfProblem } from './form';

test('the rules of the contract are those of the fields', () => {
  const { family_name, birth_date } = constraints.PatientCreate;
  expect(faultOf(family_name, 'Lefèvre')).toBeNull();
  expect(faultOf(family_name, 'a^b')).toEqual({ key: 'pattern' });
  expect(faultOf(family_name, 'é'.repeat(65))).toEqual({ key: 'too_long', max: 64, length: 65 });
  expect(faultOf(birth_date, '31/02/1980')).toEqual({ key: 'date' });
  expect(faultOf(birth_date, '1980-01-31')).toBeNull();
});

test('a length counts characters, not code units', () => {
  expect(faultOf({ maxLength: 2 }, '𠮷𠮷')).toBeNull();
});

test('what is empty is wrong only where something is required', () => {
  expect(faultOf({ required: true }, '')).toEqual({ key: 'required' });
  expect(faultOf({ pattern: 'x' }, '')).toBeNull();
});

test('numbers have bounds', () => {
  const rule = constraints.StudyCreate.number_of_study_related_series;
  expect(faultOf(rule, '12')).toBeNull();
  expect(faultOf(rule, '-1')).toEqual({ key: 'range', min: 0, max: 2147483647 });
  expect(faultOf(rule, '1.5')).toEqual({ key: 'number' });
});

test("the server's faults go to their fields, and those without one are kept", () => {
  const document = {
    type: '/problems/invalid',
    title: 'Invalid',
    status: 422,
    detail: '',
    instance: '',
    code: 'invalid',
    request_id: 'r',
    errors: [
      { pointer: '/birth_date', code: 'date_in_future', message: 'lies in the future' },
      { pointer: '/modalities_in_study/1', code: 'code', message: 'is no code' },
      { pointer: '/birth_date', code: 'other', message: 'second' },
      { parameter: 'limit', code: 'range', message: 'is too large' },
    ],
  };
  const { fields, others } = faultsOfProblem(new Problem(422, document));
  expect(fields).toEqual({
    birth_date: { message: 'lies in the future' },
    modalities_in_study: { message: 'is no code' },
  });
  expect(others.map(({ parameter }) => parameter)).toEqual(['limit']);
});
