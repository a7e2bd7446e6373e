import { z } from 'zod';
import { signingAlgorithms, tokenFormats } from '../../../domain/resources/resource-server.js';
import { secretSchema } from '../secrets/secret-schema.js';
import { momentOut } from '../wire.js';

export const resourceServerParams = z.strictObject({ resource_server_id: z.string() });

const scope = z
  .strictObject({
    name: z.string().meta({ examples: ['invoices:read'] }),
    sentence: z.string().meta({ description: 'What people read when they are asked.', examples: ['See your invoices'] }),
  })
  .meta({ id: 'OwnedScope' });

/** What they must be is for the domain to say. */
const settings = {
  name: z.string().meta({ description: 'What administrators know it by.', examples: ['Invoices'] }),
  scopes: z.array(scope).meta({ description: 'Those that it alone owns; up to 100.' }),
  token_format: z
    .enum(tokenFormats)
    .meta({ description: 'What tokens for it alone are. `jwt`: it can check them by itself (RFC 9068). `by_client`: what the client asks for.' }),
  signing_algorithm: z.enum(signingAlgorithms).meta({ description: 'How they are signed, where they are JWTs.' }),
};

const identifier = z.string().meta({
  description: 'The URI that names it as a resource (RFC 8707) and in `aud`. It never changes.',
  examples: ['https://invoices.example'],
});
const version = z.int().meta({ description: 'Counts the edits of its settings.' });

export const resourceServerSchema = z
  .object({
    resource_server_id: z.string().meta({ description: 'What it calls itself when it authenticates.' }),
    identifier,
    ...settings,
    version,
    created_at: momentOut,
    secrets: z.array(secretSchema),
  })
  .meta({ id: 'ResourceServer', description: 'An API that takes access tokens of this server.' });

export const resourceServerListSchema = z.object({ data: z.array(resourceServerSchema) }).meta({ id: 'ResourceServerList' });

export const createdResourceServerSchema = z
  .object({ ...resourceServerSchema.shape, secret: z.string().meta({ description: 'The first secret in full, in no other answer.' }) })
  .meta({ id: 'CreatedResourceServer' });

export const newResourceServerSchema = z
  .strictObject({ identifier, ...z.strictObject(settings).partial().shape, name: settings.name })
  .meta({ id: 'NewResourceServer', description: 'What is left out takes its default: no scopes, opaque tokens, ES256.' });

export const resourceServerEditSchema = z
  .strictObject({
    ...z.strictObject(settings).partial().shape,
    version: version.optional().meta({
      description:
        'The `version` that you read. With it the change is refused (409) when anybody changed it since; without it, it is made to whatever is there now.',
    }),
  })
  .meta({ id: 'ResourceServerEdit', description: 'A JSON merge patch (RFC 7396): what is left out stays, a list replaces the whole list.' });
