import { pieces } from './fold';

/** A text in which the beginnings of words that were searched are marked. */
export function Highlight({ text, searched }: { text: string; searched: string[] }) {
  let at = 0;
  return pieces(text, searched).map((piece) => {
    at += piece.text.length;
    return piece.found ? <mark key={at}>{piece.text}</mark> : piece.text;
  });
}
