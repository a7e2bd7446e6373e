/** What the pages of clients say after a change. */
export const clientDoneWords: Readonly<Record<string, string>> = {
  saved: 'Your changes are saved.',
  disabled: 'The app is switched off.',
  enabled: 'The app works again.',
  'secret-removed': 'The secret is removed. Access that was obtained with it goes on: if others knew it, end all access below.',
  'access-ended': 'All access that the app had is ended. People connect it again, and it gets new access for itself with its secret.',
  deleted: 'The app is deleted, and everything it had access to is ended.',
};
