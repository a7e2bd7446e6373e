/** What the pages of clients say after a change. */
export const clientDoneWords: Readonly<Record<string, string>> = {
  saved: 'Your changes are saved.',
  disabled: 'The app is switched off.',
  enabled: 'The app works again.',
  deleted: 'The app is deleted, and everything it had access to is ended.',
};
