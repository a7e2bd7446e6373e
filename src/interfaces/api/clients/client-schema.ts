import { z } from 'zod';
import { grantTypes } from '../../../domain/clients/client.js';
import { personScopes } from '../../../domain/person-scope.js';
import { parseScope } from '../../../domain/scope.js';
import { accessTokenFormats } from '../../../domain/tokens/access-token.js';
import { secretSchema } from '../secrets/secret-schema.js';
import { momentOut } from '../wire.js';
import { clientIdOut } from './client-params.js';

const scopeText = z.string().refine((text) => parseScope(text) !== null, 'must be scope names with a space between them (RFC 6749 §3.3)');
const scopeSentence = 'The scopes it may ask for, with a space between them.';
const seconds = z.int().nullable();

/** The settings of a client, in the words of RFC 7591 §2 where it has one. What they must be is for the domain to say. */
const settings = {
  client_name: z.string().meta({ description: 'What people read when they are asked for their consent.', examples: ['Acme Reports'] }),
  description: z.string().nullable().meta({ description: 'For people, up to 1,000 characters.' }),
  client_uri: z
    .string()
    .nullable()
    .meta({ description: 'The homepage, a web address.', examples: ['https://reports.example'] }),
  logo_uri: z.string().nullable().meta({ description: 'The logo, a web address.' }),
  token_endpoint_auth_method: z
    .enum(['client_secret_basic', 'none'])
    .meta({ description: '`client_secret_basic`: confidential, it has secrets and may send one in the body too. `none`: public, it has none.' }),
  redirect_uris: z
    .array(z.string())
    .meta({ description: 'Where people may be sent back to, compared exactly; up to 50.', examples: [['https://reports.example/callback']] }),
  grant_types: z.array(z.enum(grantTypes)).meta({ description: 'How it may ask for tokens.' }),
  scope: scopeText.meta({ description: scopeSentence, examples: ['profile email'] }),
  optional_scope: scopeText.meta({ description: 'Those of `scope` that a person may leave out at consent.' }),
  pkce: z.enum(['required', 'optional']).meta({ description: 'Must it use PKCE (RFC 7636)? A public client must.' }),
  refresh: z.enum(['rotate', 'keep']).meta({ description: 'Does a refresh hand out a successor, or answer the same refresh token again?' }),
  consent: z.enum(['ask', 'skip']).meta({ description: 'Are people asked? Only an administrator chooses `skip`.' }),
  access_token_format: z.enum(accessTokenFormats).meta({
    description: 'What its access tokens for one resource are, where no registered resource server has decided that. `jwt`: RFC 9068.',
  }),
  access_token_lifetime: seconds.meta({ description: "Seconds; `null` takes the server's." }),
  refresh_token_idle_lifetime: seconds.meta({ description: "Seconds a refresh token may lie unused; `null` takes the server's." }),
  refresh_token_absolute_lifetime: seconds.meta({ description: "Seconds from consent to the end of the chain of refresh tokens; `null` takes the server's." }),
};

const version = z.int().meta({ description: 'Counts the edits of its settings.' });

export const clientSchema = z
  .object({
    client_id: clientIdOut,
    ...settings,
    version,
    owner_id: z.string().nullable().meta({ description: 'The person it belongs to; `null` where it belongs to nobody.' }),
    created_at: momentOut,
    disabled_at: momentOut.nullable().meta({ description: 'Since when it is switched off; `null` while it works.' }),
    disabled_by: z.enum(['owner', 'house', 'with_owner']).nullable().meta({
      description:
        '`house`: an administrator or the command line, and only they enable it again. `with_owner`: together with its owner, until they are enabled. `null` together with `disabled_at`.',
    }),
    own_tokens_revoked_at: momentOut.nullable().meta({
      description: 'The access tokens that it was issued for itself until then have ended, that millisecond included; `null`: they were never ended together.',
    }),
    secrets: z.array(secretSchema),
  })
  .meta({ id: 'Client', description: 'An application that acts for people, or for itself.' });

export const createdClientSchema = z
  .object({
    ...clientSchema.shape,
    client_secret: z.string().nullable().meta({ description: 'The first secret in full, in no other answer; `null` for a public client.' }),
  })
  .meta({ id: 'CreatedClient' });

export const clientChangesSchema = z.strictObject(settings).partial().meta({
  id: 'ClientChanges',
  description: 'A JSON merge patch (RFC 7396): what is left out stays, a list replaces the whole list, `null` clears what can be empty.',
});

export const clientEditSchema = z
  .strictObject({
    ...clientChangesSchema.shape,
    version: version.optional().meta({
      description:
        'The `version` that you read. With it the change is refused (409) when anybody changed the client since; without it, it is made to whatever the client is now.',
    }),
  })
  .meta({
    id: 'ClientEdit',
    description: 'A JSON merge patch (RFC 7396): what is left out stays, a list replaces the whole list, `null` clears what can be empty.',
  });

export const newClientSchema = z
  .strictObject({
    ...clientChangesSchema.shape,
    client_name: settings.client_name,
    scope: settings.scope.optional().meta({
      description: `${scopeSentence} Left out: all scopes of this server but those of its API; for a client that acts for itself also without those that speak of a person (${personScopes.join(', ')}).`,
    }),
    owner_id: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'Whose it is to be, `null` for nobody. Only an administrator chooses; left out, it is yours.' }),
  })
  .meta({ id: 'NewClient', description: 'What is left out takes the safest choice.' });

export const revokedTokensSchema = z
  .object({
    grants: z.int().meta({ description: 'How many grants of people ended, with every token that came of them.' }),
    own_tokens_revoked_at: momentOut.meta({ description: 'What it was issued for itself until then has ended. Nobody counts how many those were.' }),
  })
  .meta({ id: 'RevokedClientTokens' });

export const reachSchema = z
  .object({
    people: z.int().meta({ description: 'Who have a live grant for it.' }),
    grants: z.int().meta({ description: 'Their live grants; every token that acts for a person descends from one.' }),
    more: z.boolean().meta({ description: 'There are more: counting stopped here, so the two are the least there are.' }),
  })
  .meta({ id: 'ClientReach' });
