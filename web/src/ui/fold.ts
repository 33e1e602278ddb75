/** Letters as the search compares them: without accents and case. */
export function fold(text: string): string {
  return Array.from(text, foldLetter).join('');
}

const letters: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th' };

function foldLetter(letter: string): string {
  const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return letters[plain] ?? plain;
}

/** Words and what parts them, in turn. Letters that are written as apostrophes (ʼ, ʻ, ʿ) part them too, as in the search. */
const WORDS = /((?:(?![\u02b9-\u02bf])[\p{L}\p{M}\p{N}])+)/u;

/** The words of a text. */
export function wordsOf(text: string): string[] {
  return text.split(WORDS).filter((_, index) => index % 2 === 1);
}

/** A piece of a text, and whether it is what was searched. */
export interface Piece {
  text: string;
  found: boolean;
}

/** The text in pieces: where a word begins with one of the words searched, that beginning is marked. */
export function pieces(text: string, searched: string[]): Piece[] {
  const wanted = searched
    .map(fold)
    .filter(Boolean)
    .sort((a, b) => b.length - a.length);
  const found: Piece[] = [];
  const add = (piece: string, marked: boolean) => {
    const last = found.at(-1);
    if (piece === '') return;
    if (last && last.found === marked) last.text += piece;
    else found.push({ text: piece, found: marked });
  };
  for (const part of text.split(WORDS)) {
    const word = fold(part);
    const match = wanted.find((beginning) => word.startsWith(beginning));
    const length = match === undefined ? 0 : lettersOf(part, match.length);
    add(part.slice(0, length), true);
    add(part.slice(length), false);
  }
  return found;
}

/** How much of a text folds to so many letters. */
function lettersOf(text: string, folded: number): number {
  let taken = 0;
  let at = 0;
  for (const letter of text) {
    if (taken >= folded && foldLetter(letter) !== '') break;
    taken += foldLetter(letter).length;
    at += letter.length;
  }
  return at;
}
