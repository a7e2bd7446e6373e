/** A person who signs in here and may allow clients to act for them. */
export interface User {
  readonly id: string;
  /** Lower-cased; unique. */
  readonly email: string;
  /** What to call the person; need not be unique. */
  readonly username: string;
  readonly passwordHash: string | null;
  readonly admin: boolean;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

/** The longest address that SMTP can carry (RFC 5321 §4.5.3.1.3). */
const longestEmail = 254;

/** The form in which an e-mail address is kept and looked up; `null` when it is not one, or may look like another because it turns the direction of text. */
export function normaliseEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  return email.length <= longestEmail && /^[^\s@\p{Cc}\p{Bidi_Control}]+@[^\s@\p{Cc}\p{Bidi_Control}]{2,}$/u.test(email) ? email : null;
}
