/** What a page says after a change, by the word that the redirect carries: never text from an address. */
const words: Readonly<Record<string, string>> = {
  saved: 'Your changes are saved.',
  disabled: 'The app is switched off.',
  enabled: 'The app works again.',
  'secret-removed': 'The secret is removed.',
  deleted: 'The app is deleted, and everything it had access to is ended.',
};

export function doneWords(word: string | null): string | undefined {
  return word !== null && Object.hasOwn(words, word) ? words[word] : undefined;
}
