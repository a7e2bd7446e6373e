import { z } from 'zod';
import { momentIn, momentOut } from '../wire.js';

export const secretSchema = z
  .object({
    id: z.string(),
    label: z.string(),
    last_four: z.string().meta({ description: 'The last four characters, to tell it from the others.' }),
    created_at: momentOut,
    created_by: z.string().nullable().meta({ description: 'The person who made it; `null` for the operator of this server.' }),
    expires_at: momentOut.nullable(),
    last_used_at: momentOut.nullable().meta({ description: 'Learned some seconds after the fact; `null`: never.' }),
    last_used_from: z.string().nullable().meta({ description: 'The network address, where it is known.' }),
    advice: z
      .enum(['safe_to_remove', 'in_use', 'unused'])
      .meta({ description: 'Has it expired or its successor taken over, was it used in the last 30 days, or neither?' }),
  })
  .meta({ id: 'Secret', description: 'One of the secrets of a client or of a resource server. In full it is answered once, when it is made.' });

export const secretListSchema = z.object({ data: z.array(secretSchema) }).meta({ id: 'SecretList' });

export const newSecretSchema = z
  .strictObject({
    label: z
      .string()
      .optional()
      .meta({ description: 'What it is for; left out, it is numbered.', examples: ['autumn rotation'] }),
    expires_at: momentIn.nullable().optional().meta({ description: 'Left out or `null`, it lives until it is removed.' }),
  })
  .meta({ id: 'NewSecret' });

/** Where a problem with a new secret lies. */
export const secretPointers = { label: '/label', expiresAt: '/expires_at' } as const;
