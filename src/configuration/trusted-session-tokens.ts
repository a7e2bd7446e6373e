import { z } from 'zod';
import type { SessionTokenSettings } from '../infrastructure/session-tokens/jwt-session-tokens.js';
import { admission, termsOf } from './admission.js';
import { isTrustedAddress, linesOf, parsedJson, type Read } from './problems.js';

const variable = 'TRUSTED_SESSION_TOKENS';

/** A trusted issuer of session tokens, and how its tokens reach this server. */
export interface TrustedSessionTokens extends SessionTokenSettings {
  /** The cookie, set for a parent domain of both, in which the browser sends the token along. */
  readonly cookie: string | null;
  /** The origins whose pages may post the token. */
  readonly origins: readonly string[];
  /** The team's own sign-in page. */
  readonly loginUri: string | null;
  /** The parameter in which that page learns where to go afterwards. */
  readonly returnParameter: string;
}

/** Signatures with a private key, whose public half the issuer publishes: an HMAC would be verified with what everybody can read (RFC 8725 §3.1). */
const asymmetric = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const;

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())], 'must be a text or a list of texts').default([]);
const text = z.string().min(1, 'is empty');

const issuer = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'must be lower-case letters, digits and dashes, at most 31')
      .optional(),
    name: z.string().trim().min(1, 'is empty').max(60, 'is longer than 60 characters').optional(),
    issuer: z.string('is missing').regex(/^[!-~]{1,500}$/, 'must be what the tokens hold in iss'),
    jwks_uri: z.string().refine(isTrustedAddress, 'must be an https address without query; http only on this machine').optional(),
    audience: texts,
    authorized_parties: texts,
    algorithms: z
      .array(z.enum(asymmetric, `may hold only ${asymmetric.join(', ')}`))
      .min(1, 'is empty')
      .default(['RS256', 'ES256', 'EdDSA']),
    max_age: z.int('must be a whole number of seconds').min(10, 'must be 10 to 3600 seconds').max(3600, 'must be 10 to 3600 seconds').default(300),
    claims: z.strictObject({ email: text.default('email'), email_verified: text.default('email_verified'), name: text.default('name') }).prefault({}),
    cookie: z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is no name of a cookie')
      .optional(),
    origins: z.array(z.string().refine(isOrigin, 'must be an origin such as https://app.example.com; http only on this machine')).optional(),
    login_uri: z
      .string()
      .refine((uri) => isTrustedAddress(uri.split('?', 1)[0] as string), 'must be an https address; http only on this machine')
      .optional(),
    return_parameter: z
      .string()
      .regex(/^[A-Za-z0-9_-]+$/, 'is no name of a parameter')
      .default('return_to'),
    ...admission,
  })
  // Whatever else the same issuer signs, for anybody, would sign people in here.
  .refine(({ audience, authorized_parties }) => audience.length + authorized_parties.length > 0, {
    path: ['audience'],
    error: 'or authorized_parties must be given',
  })
  // An issuer that is an address says where its keys are, what it is called, and whose pages are its own; any other says nothing.
  .superRefine((one, context) => {
    if (isTrustedAddress(one.issuer)) return;
    const missing = (['id', 'name', 'jwks_uri'] as const).filter((member) => one[member] === undefined);
    for (const member of missing)
      context.addIssue({ code: 'custom', path: [member], message: 'is missing: an issuer that is no https address does not say it' });
  })
  .refine(({ issuer, cookie, origins }) => cookie !== undefined || (origins ? origins.length > 0 : isTrustedAddress(issuer)), {
    error: 'needs cookie or origins: where the token comes from',
  })
  .transform((one) => {
    const address = isTrustedAddress(one.issuer) ? new URL(one.issuer) : null;
    const { id = idOf(address), name = address?.host ?? '', origins = one.cookie === undefined && address ? [address.origin] : [] } = one;
    return { ...one, id, name, origins };
  });

/** Reads TRUSTED_SESSION_TOKENS: a JSON array of issuers whose session tokens sign people in. */
export function readTrustedSessionTokens(given: string | undefined): Read<readonly TrustedSessionTokens[]> {
  if (given === undefined) return { value: [], problems: [] };
  const parsed = z.array(issuer, 'must be a JSON array of issuers').safeParse(parsedJson(given));
  if (!parsed.success) return { value: [], problems: linesOf(variable, parsed.error) };
  const twice = (member: 'id' | 'issuer') =>
    parsed.data.flatMap((one, index) =>
      parsed.data.findIndex((other) => other[member] === one[member]) === index ? [] : [`${variable}[${index}].${member} is that of another issuer`],
    );
  return { value: parsed.data.map(settingsOf), problems: [...twice('id'), ...twice('issuer')] };
}

function settingsOf(one: z.infer<typeof issuer>): TrustedSessionTokens {
  return {
    id: one.id,
    name: one.name,
    issuer: one.issuer,
    jwksUri: one.jwks_uri ?? null,
    audience: one.audience,
    authorizedParties: one.authorized_parties,
    algorithms: one.algorithms,
    maxAge: one.max_age,
    claims: { email: one.claims.email, emailVerified: one.claims.email_verified, name: one.claims.name },
    trustEmail: one.trust_email,
    terms: termsOf(one),
    cookie: one.cookie ?? null,
    origins: one.origins,
    loginUri: one.login_uri ?? null,
    returnParameter: one.return_parameter,
  };
}

/** Its host in letters, digits and dashes. */
function idOf(address: URL | null): string {
  return (address?.host ?? '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 31);
}

function isOrigin(origin: string): boolean {
  return isTrustedAddress(origin) && new URL(origin).origin === origin;
}
