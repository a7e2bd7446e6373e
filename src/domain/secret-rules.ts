import type { Problem } from './errors.js';

/** How many secrets a caller may have: all of them are read whenever it authenticates. */
export const mostSecrets = 20;
const longestLabel = 100;

export const tooManySecrets: Problem = { field: 'secrets', message: `are ${mostSecrets} already: remove one first` };

/** Everything wrong with a secret that is to be added to `count` others. */
export function secretProblems({ label, expiresAt }: { readonly label: string; readonly expiresAt: Date | null }, count: number, now: Date): Problem[] {
  const problems: Problem[] = [];
  if (count >= mostSecrets) problems.push(tooManySecrets);
  if (label === '') problems.push({ field: 'label', message: 'say what the secret is for' });
  if (label.length > longestLabel) problems.push({ field: 'label', message: `is longer than ${longestLabel} characters` });
  if (/\p{Cc}/u.test(label)) problems.push({ field: 'label', message: 'has a control character' });
  if (expiresAt !== null && !(expiresAt > now)) problems.push({ field: 'expiresAt', message: 'must be in the future' });
  return problems;
}
