import { expect, test } from 'vitest';
import { chosen, formOf, kindOf, reportOf, sizeOf, together } from './files';

const file = (name: string, text = 'x') => chosen(new File([text], name), name);

test('names tell kinds', () => {
  const names = ['a.CSV', 'rows.ndjson', 'rows.jsonl', 'objects.json', 'image.dcm', 'IM0001', 'a.csv.gz'];
  expect(names.map(kindOf)).toEqual(['csv', 'ndjson', 'ndjson', 'dicom_json', 'dicom', 'dicom', 'dicom']);
});

test('a file that is chosen again is sent once, as it is now; what systems hide is not sent', () => {
  const files = together([file('a.csv', 'before'), file('b.csv')], [file('a.csv', 'now'), file('.DS_Store')]);
  expect(files.map(({ path }) => path)).toEqual(['a.csv', 'b.csv']);
  expect(sizeOf(files)).toBe(4);
});

test('every file is sent with its kind and its path', () => {
  const form = formOf([file('a.csv'), file('disc/IM1')], 'windows-1252');
  const sent = form.getAll('file') as File[];
  expect(sent.map(({ type }) => type)).toEqual(['text/csv;charset=windows-1252', 'application/dicom']);
  expect(sent.map(({ name }) => name)).toEqual(['a.csv', 'disc/IM1']);
});

test('a problem may have a report with it', () => {
  expect(reportOf(null)).toBeNull();
  expect(reportOf({ code: 'overloaded' })).toBeNull();
  expect(reportOf({ code: 'import_refused', report: { lines: 3 } })).toEqual({ lines: 3 });
});
