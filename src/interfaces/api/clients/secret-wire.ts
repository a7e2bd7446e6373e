import type { z } from 'zod';
import type { ClientSecret } from '../../../domain/clients/client-secret.js';
import { secretAdvice } from '../../../domain/secret-advice.js';
import { momentText, momentTextOrNull } from '../wire.js';
import type { createdSecretSchema, secretSchema } from './secret-schema.js';

/** All secrets of a client; what is advised about one depends on the others. */
export function secretsOnTheWire(secrets: readonly ClientSecret[], now: Date): z.output<typeof secretSchema>[] {
  return secrets.map((secret) => ({ ...factsOf(secret), advice: secretAdvice(secret, secrets, now) }));
}

export function createdSecretOnTheWire(secret: ClientSecret, plain: string): z.output<typeof createdSecretSchema> {
  return { ...factsOf(secret), advice: 'unused', client_secret: plain };
}

function factsOf({ id, label, lastFour, createdAt, createdBy, expiresAt, lastUsed }: ClientSecret) {
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
