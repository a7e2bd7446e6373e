import type { RevokedSubject } from '../../domain/tokens/revocation.js';

/** What a row of the log of revocations says whom it is about by; the columns of other kinds are null. */
type SubjectColumns = Readonly<Partial<Record<'kind' | 'tokenId' | 'grantId' | 'clientId' | 'userId', unknown>>>;

/** Whose end a row of the log of revocations tells: the kind with the members that it has. */
export function revokedSubject({ kind, tokenId, grantId, clientId, userId }: SubjectColumns): RevokedSubject {
  const named = { token: { tokenId }, grant: { grantId }, client: { clientId }, own_tokens: { clientId }, user: { userId }, grants: { clientId, userId } }[
    String(kind)
  ];
  return { kind, ...named } as RevokedSubject;
}
