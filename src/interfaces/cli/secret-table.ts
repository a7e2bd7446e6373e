import type { Secret } from '../../domain/secret.js';
import { secretAdvice } from '../../domain/secret-advice.js';
import { secretToJson } from './client-json.js';
import { moment, table } from './terminal.js';

/** Several secrets of one caller, each with whether it is safe to remove: for scripts and for people. `none`: what people are told where it has none. */
export function secretTable(secrets: readonly Secret[], now: Date, none: string): { readonly json: unknown; readonly text: string } {
  const advised = secrets.map((secret) => ({ secret, advice: secretAdvice(secret, secrets, now) }));
  const rows = advised.map(({ secret: { id, label, lastFour, createdAt, expiresAt, lastUsed }, advice }) => [
    id,
    label,
    `…${lastFour}`,
    moment(createdAt),
    expiresAt ? moment(expiresAt) : 'never',
    lastUsed ? lastUse(lastUsed) : 'never',
    advice.replaceAll('_', ' '),
  ]);
  return {
    json: advised.map(({ secret, advice }) => ({ ...secretToJson(secret), advice })),
    text: table(['SECRET ID', 'LABEL', 'ENDS IN', 'CREATED', 'EXPIRES', 'LAST USED', 'ADVICE'], rows, none),
  };
}

/** What is said when one was removed. */
export function removedSecret({ label, lastUsed }: Secret): string {
  return `Revoked ${JSON.stringify(label)}, ${lastUsed ? `last used ${lastUse(lastUsed)}` : 'which was never used'}.\n`;
}

function lastUse({ at, from }: { readonly at: Date; readonly from: string | null }): string {
  return from === null ? moment(at) : `${moment(at)} from ${from}`;
}
