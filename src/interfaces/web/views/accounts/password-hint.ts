/** What to know before choosing a password. */
export const passwordHint = 'At least 8 characters, of any kind. A few words that only you would put together are good.';
