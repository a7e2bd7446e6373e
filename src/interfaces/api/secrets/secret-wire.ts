import type { z } from 'zod';
import type { Secret } from '../../../domain/secret.js';
import { secretAdvice } from '../../../domain/secret-advice.js';
import { momentText, momentTextOrNull } from '../wire.js';
import type { newSecretSchema, secretSchema } from './secret-schema.js';

/** All secrets of one holder; what is advised about one depends on the others. */
export function secretsOnTheWire(secrets: readonly Secret[], now: Date): z.output<typeof secretSchema>[] {
  return secrets.map((secret) => ({ ...factsOf(secret), advice: secretAdvice(secret, secrets, now) }));
}

/** One that was just made; in full it stands beside this. */
export function newSecretOnTheWire(secret: Secret): z.output<typeof secretSchema> {
  return { ...factsOf(secret), advice: 'unused' };
}

export function chosenSecretFrom({ label, expires_at }: z.output<typeof newSecretSchema>): { label: string | undefined; expiresAt: Date | null } {
  return { label, expiresAt: expires_at ? new Date(expires_at) : null };
}

function factsOf({ id, label, lastFour, createdAt, createdBy, expiresAt, lastUsed }: Secret) {
  return {
    id,
    label,
    last_four: lastFour,
    created_at: momentText(createdAt),
    created_by: createdBy,
    expires_at: momentTextOrNull(expiresAt),
    last_used_at: momentTextOrNull(lastUsed?.at ?? null),
    last_used_from: lastUsed?.from ?? null,
  };
}
