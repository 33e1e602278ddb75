import { expect, test } from 'vitest';
import { fold, pieces, wordsOf } from './fold';

/** The text with what was found in brackets. */
const marked = (text: string, ...searched: string[]) =>
  pieces(text, searched)
    .map((piece) => (piece.found ? `[${piece.text}]` : piece.text))
    .join('');

test.each([
  ['Lefèvre', 'lefevre'],
  ['ŒUVRARD', 'oeuvrard'],
  ['Łucja', 'lucja'],
  ['Müller', 'muller'],
])('%s folds to %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test('the beginnings of words are marked, whatever their accents and case', () => {
  expect(marked('Lefèvre', 'lefe')).toBe('[Lefè]vre');
  expect(marked('Martin-Dupont', 'dup', 'MAR')).toBe('[Mar]tin-[Dup]ont');
  expect(marked('IRM cérébrale', 'cere')).toBe('IRM [céré]brale');
});

test('letters that are written as apostrophes part words', () => {
  expect(marked('ʿAlī', 'ali')).toBe('ʿ[Alī]');
  expect(marked('Демʼянчук', ...wordsOf("дем'янчук"))).toBe('[Дем]ʼ[янчук]');
});

test('a decomposed accent stays with its letter', () => {
  expect(marked('Lefe\u0301vre', 'lefe')).toBe('[Lefe\u0301]vre');
});

test('a letter that stands for two is marked whole', () => {
  expect(marked('Œuvrard', 'o')).toBe('[Œ]uvrard');
  expect(marked('Œuvrard', 'oeu')).toBe('[Œu]vrard');
});

test('the middle of a word is not marked, nor anything when nothing was searched', () => {
  expect(marked('Durand', 'rand')).toBe('Durand');
  expect(marked('Durand')).toBe('Durand');
  expect(marked('Durand', '')).toBe('Durand');
});
