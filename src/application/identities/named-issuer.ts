import { withoutSlash } from '../../domain/without-slash.js';

/** Whoever vouches for people here, and what people know it as. */
export interface NamedIssuer {
  readonly name: string;
  /** Its own identifier, or the one it is discovered by, which may lack a slash at the end. */
  readonly issuer: string;
}

/** The identifiers under which identities of an issuer may be kept. */
export function spellingsOf({ issuer }: NamedIssuer): readonly string[] {
  const bare = withoutSlash(issuer);
  return [bare, `${bare}/`];
}
