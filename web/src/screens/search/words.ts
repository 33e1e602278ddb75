/** Whether there is enough to search: two characters, or one of a script in which one is a whole name. */
export function isSearchable(words: string): boolean {
  return words.length >= 2 || /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(words);
}
