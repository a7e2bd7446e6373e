/** What a request presents. `none`: nothing that this service takes. */
export type Presented = { readonly scheme: 'bearer'; readonly token: string } | { readonly scheme: 'none' };

/**
 * The access token of the `Authorization` header (RFC 6750 §2.1), the only place that is looked at: "clients MUST NOT pass access tokens in a URI query
 * parameter" (RFC 9700 §4.3.2). Another scheme, such as DPoP (RFC 9449 §7.1), is one more value of `scheme`.
 */
export function readAuthorization(header: string | null | undefined): Presented {
  const token = /^bearer +(.*?) *$/is.exec(header ?? '')?.[1];
  return token ? { scheme: 'bearer', token } : { scheme: 'none' };
}
