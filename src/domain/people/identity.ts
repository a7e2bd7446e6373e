/** Who a person is to an issuer that vouches for them: its name for them (OpenID Connect Core §2: `iss` and `sub`), and what it says of them. */
export interface Identity {
  /** The issuer's own identifier, as it writes it. */
  readonly issuer: string;
  /** The issuer's name for the person, which it never gives to another. Only both together say who this is. */
  readonly subject: string;
  /** As the issuer wrote it; an address says nothing about who a person is. */
  readonly email: string | null;
  /** Whether the issuer says that the address is the person's own. */
  readonly emailVerified: boolean;
  /** What to call them. */
  readonly username: string | null;
}

/** An identity that leads to a user. */
export interface LinkedIdentity extends Pick<Identity, 'issuer' | 'subject' | 'email'> {
  readonly userId: string;
  readonly linkedAt: Date;
}

/** Can these name a person for good? An issuer is a URI; `sub` has at most 255 characters (OpenID Connect Core §2). */
export function isIdentityKey({ issuer, subject }: Pick<Identity, 'issuer' | 'subject'>): boolean {
  return /^[!-~]{1,500}$/.test(issuer) && /^\P{Cc}{1,255}$/u.test(subject);
}
