/** What a page says after a change, by the word that the redirect carries: never text from an address. */
export function doneWords(words: Readonly<Record<string, string>>, word: string | null): string | undefined {
  return word !== null && Object.hasOwn(words, word) ? words[word] : undefined;
}
