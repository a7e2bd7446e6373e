import { isRepeatedHeader } from '../../domain/tokens/is-repeated-header.js';

/** What a request presents. `none`: nothing that this service takes. `several`: more than one token, or header. */
export type Presented = { readonly scheme: 'bearer'; readonly token: string } | { readonly scheme: 'none' } | { readonly scheme: 'several' };

/** The header as the framework has it, and names and values of all by turns, as they came, where it has those: Node.js keeps the first of several and drops the others unsaid. */
export interface AuthorizationSent {
  readonly authorization: string | null | undefined;
  readonly rawHeaders?: readonly string[] | undefined;
}

/**
 * The access token of the `Authorization` header (RFC 6750 §2.1), the only place that is looked at: "clients MUST NOT pass access tokens in a URI query
 * parameter" (RFC 9700 §4.3.2). There "MUST NOT" be several (RFC 9110 §5.3). Another scheme, such as DPoP (RFC 9449 §7.1), is one more value of `scheme`.
 */
export function readAuthorization({ authorization, rawHeaders }: AuthorizationSent): Presented {
  const token = /^bearer +(.*?) *$/is.exec(authorization ?? '')?.[1];
  // No token has a comma: a `Request` joins several headers by one.
  const several = rawHeaders === undefined ? token?.includes(',') : isRepeatedHeader('authorization', rawHeaders);
  if (several) return { scheme: 'several' };
  return token ? { scheme: 'bearer', token } : { scheme: 'none' };
}
