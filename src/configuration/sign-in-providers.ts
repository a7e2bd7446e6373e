import { z } from 'zod';
import type { OpenidProviderSettings } from '../infrastructure/openid/openid-provider.js';
import { admission, termsOf } from './admission.js';
import { isTrustedAddress, linesOf, parsedJson, type Read } from './problems.js';

const variable = 'SIGN_IN_PROVIDERS';

const provider = z
  .strictObject({
    id: z.string('is missing').regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'must be lower-case letters, digits and dashes, at most 31'),
    name: z.string('is missing').trim().min(1, 'is empty').max(60, 'is longer than 60 characters'),
    issuer: z
      .string('is missing')
      .refine(isTrustedAddress, 'must be an https address without query, such as https://accounts.google.com; http only on this machine'),
    client_id: z.string('is missing').min(1, 'is empty'),
    client_secret: z.string().min(1, 'is empty').optional(),
    client_secret_env: z.string().min(1, 'is empty').optional(),
    client_authentication: z
      .enum(['client_secret_basic', 'client_secret_post'], 'must be client_secret_basic or client_secret_post')
      .default('client_secret_basic'),
    scopes: z.array(z.string().regex(/^[!#-[\]-~]+$/, 'is no scope')).default(['openid', 'email', 'profile']),
    ...admission,
  })
  .refine(({ client_secret, client_secret_env }) => client_secret === undefined || client_secret_env === undefined, {
    error: 'has both client_secret and client_secret_env',
  })
  .refine(({ scopes }) => scopes.includes('openid'), { path: ['scopes'], error: 'must include openid' })
  // There the address is whatever the administrator of any tenant wrote.
  .refine(({ issuer, trust_email }) => !trust_email || !isOfManyTenants(issuer), {
    path: ['trust_email'],
    error: 'cannot be set for an issuer of many tenants: name the issuer of your own tenant',
  });

/** Reads SIGN_IN_PROVIDERS: a JSON array of OpenID providers, in the order in which people see them. */
export function readSignInProviders(text: string | undefined, env: NodeJS.ProcessEnv): Read<readonly OpenidProviderSettings[]> {
  if (text === undefined) return { value: [], problems: [] };
  const parsed = z.array(provider, 'must be a JSON array of providers').safeParse(parsedJson(text));
  if (!parsed.success) return { value: [], problems: linesOf(variable, parsed.error) };
  const ids = parsed.data.map(({ id }) => id);
  const problems = parsed.data.flatMap(({ id, client_secret_env: name }, index) => [
    ...(ids.indexOf(id) === index ? [] : [`${variable}[${index}].id is that of another provider`]),
    ...(name === undefined || env[name] ? [] : [`${variable}[${index}].client_secret_env names ${name}, which is not set`]),
  ]);
  return { value: parsed.data.map((one) => settingsOf(one, env)), problems };
}

function settingsOf(given: z.infer<typeof provider>, env: NodeJS.ProcessEnv): OpenidProviderSettings {
  const { client_secret: secret, client_secret_env: name } = given;
  return {
    id: given.id,
    name: given.name,
    issuer: given.issuer,
    clientId: given.client_id,
    clientSecret: secret ?? (name === undefined ? null : (env[name] ?? null)),
    clientAuthentication: given.client_authentication,
    scopes: given.scopes,
    claims: { email: 'email', emailVerified: 'email_verified', name: 'name' },
    trustEmail: given.trust_email,
    terms: termsOf(given),
  };
}

/** Entra's common endpoints, whose issuer holds a tenant that is known from the token alone. */
function isOfManyTenants(issuer: string): boolean {
  const { hostname, pathname } = new URL(issuer);
  return hostname === 'login.microsoftonline.com' && ['common', 'organizations', 'consumers'].includes(pathname.split('/')[1] ?? '');
}
