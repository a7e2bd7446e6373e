import { type AuthorizationCode, codeLifetime } from '../../domain/authorization/authorization-code.js';
import type { AuthorizationRequest } from '../../domain/authorization/authorization-request.js';
import { answeredOnDevice } from '../../domain/authorization/device-request.js';
import type { Grant } from '../../domain/authorization/grant.js';
import { earlier, later } from '../../domain/moments.js';
import type { AuthorizationCodeRepository } from '../ports/authorization-code-repository.js';

/**
 * Keeps the code that a device has from the beginning, now that it is good for a grant: an authorization code like any other, whose id is that of the request. Kept
 * before, by a second click or by the device that asked in this moment, it stays as it is.
 */
export async function keepDeviceCode(codes: AuthorizationCodeRepository, request: AuthorizationRequest, grant: Grant): Promise<AuthorizationCode> {
  const before = await codes.find(request.id);
  if (before) return before;
  const code = deviceCodeOf(request, grant);
  try {
    await codes.add(code);
    return code;
  } catch (error) {
    const meanwhile = await codes.find(code.id);
    if (meanwhile === null) throw error;
    return meanwhile;
  }
}

function deviceCodeOf({ id, resources, codeChallenge, expiresAt }: AuthorizationRequest, grant: Grant): AuthorizationCode {
  const { clientId, userId, scopes, authenticatedAt, expiresAt: grantExpiresAt } = grant;
  return {
    id,
    digest: digestIn(codeChallenge),
    grantId: grant.id,
    clientId,
    userId,
    scopes,
    resources,
    authenticatedAt,
    redirectUri: answeredOnDevice,
    codeChallenge: null,
    issuedAt: grant.createdAt,
    // As long as the request is asked about, since a code that was forgotten could be kept, and used, once more; and for whoever allowed in the last moment, as long as any.
    expiresAt: earlier(latest(expiresAt, later(grant.createdAt, codeLifetime)), grantExpiresAt),
    grantExpiresAt,
  };
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}

/** The digest of a device's code, as its request keeps it. */
export function digestIn(codeChallenge: string | null): Uint8Array {
  return new Uint8Array(Buffer.from(codeChallenge ?? '', 'base64url'));
}
