/** An error that is an answer. It has no stack: strangers may ask for any number of such answers, and to gather a stack costs more than the rest of one. */
export abstract class Answer extends Error {
  constructor(message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = new.target.name;
  }
}

/**
 * Errors in the vocabulary of OAuth, one class per wire code (RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3.1, RFC 8707 §2).
 * `description` is for the client and may leave the server; `detail` is for the log only.
 */
export abstract class OAuthError extends Answer {
  abstract readonly code: string;
  readonly description: string;
  readonly detail: string | undefined;

  constructor(description: string, detail?: string) {
    super(detail === undefined ? description : `${description} (${detail})`);
    this.description = description;
    this.detail = detail;
  }
}

export class InvalidRequest extends OAuthError {
  readonly code = 'invalid_request';
}
/** Nobody would be left who can look after this server. */
export class LastAdministrator extends InvalidRequest {
  constructor() {
    super('this is the only administrator who is not disabled: make somebody else one first');
  }
}
export class InvalidClient extends OAuthError {
  readonly code = 'invalid_client';
}
/** Those who run this server do not let it in. */
export class ClientNotLetIn extends InvalidClient {}
/** What it says of itself cannot be read just now. */
export class ClientOutOfReach extends InvalidClient {}
/** What it calls itself is the id of no client. */
export class UnknownClient extends InvalidClient {}
/** A client that registers itself asks for what it cannot be (RFC 7591 §3.2.2). */
export class InvalidClientMetadata extends OAuthError {
  readonly code = 'invalid_client_metadata';
}
/** It names nowhere that people can be sent back to (RFC 7591 §3.2.2). */
export class InvalidRedirectUri extends OAuthError {
  readonly code = 'invalid_redirect_uri';
}
export class InvalidGrant extends OAuthError {
  readonly code = 'invalid_grant';
}
/** A code was replayed, or a refresh token reused: what it had given was revoked. `grantId`: by ending this grant; for the audit trail only. */
export class UsedAgain extends InvalidGrant {
  constructor(
    description: string,
    readonly how: 'replayed' | 'reused',
    readonly grantId: string,
  ) {
    super(description);
  }
}
/** It names no authorization request that could be opened (RFC 9101 §6.2, RFC 9126 §4). */
export class InvalidRequestUri extends OAuthError {
  readonly code = 'invalid_request_uri';
}
/** The client sent its request as a JWT (OpenID Connect Core §6.1, RFC 9101). */
export class RequestNotSupported extends OAuthError {
  readonly code = 'request_not_supported';
}
export class UnauthorizedClient extends OAuthError {
  readonly code = 'unauthorized_client';
}
export class UnsupportedGrantType extends OAuthError {
  readonly code = 'unsupported_grant_type';
}
export class UnsupportedResponseType extends OAuthError {
  readonly code = 'unsupported_response_type';
}
export class InvalidScope extends OAuthError {
  readonly code = 'invalid_scope';
}
export class InvalidTarget extends OAuthError {
  readonly code = 'invalid_target';
}
export class AccessDenied extends OAuthError {
  readonly code = 'access_denied';
}
/** Nobody has decided yet (RFC 8628 §3.5). */
export class AuthorizationPending extends OAuthError {
  readonly code = 'authorization_pending';
}
/** The same, and the device asks too often (RFC 8628 §3.5). */
export class SlowDown extends OAuthError {
  readonly code = 'slow_down';
}
/** The time to decide is over (RFC 8628 §3.5). */
export class ExpiredToken extends OAuthError {
  readonly code = 'expired_token';
}
export class LoginRequired extends OAuthError {
  readonly code = 'login_required';
}
export class AccountSelectionRequired extends OAuthError {
  readonly code = 'account_selection_required';
}
export class ConsentRequired extends OAuthError {
  readonly code = 'consent_required';
}
export class InvalidToken extends OAuthError {
  readonly code = 'invalid_token';
}
export class InsufficientScope extends OAuthError {
  readonly code = 'insufficient_scope';
}
export class TemporarilyUnavailable extends OAuthError {
  readonly code = 'temporarily_unavailable';
}

/** One thing wrong with what a person or a script typed: the field it was typed into and a sentence that says what to change. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** What was typed cannot be saved; nothing was changed. Carries every problem at once, so that a form can show each at its field. */
export class InvalidInput extends Answer {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.field}: ${problem.message}`).join('; '));
  }
}

/** It was changed since it was read; nothing was saved. Look again, and repeat what is still wanted. */
export class Outdated extends InvalidInput {
  constructor(what: string) {
    super([{ field: 'version', message: `the ${what} was changed meanwhile: look at it again before you change it` }]);
  }
}

/** It is about a password that would be kept here, and this server keeps none. */
export class LocalAccountsOff extends InvalidInput {
  constructor() {
    super([{ field: 'password', message: 'local accounts are switched off here (LOCAL_ACCOUNTS=false): people sign in elsewhere, and no password is kept' }]);
  }
}

/** The client introduces itself: that cannot be done to it here, for the reason given. */
export class IntroducesItself extends InvalidInput {
  constructor(
    readonly clientId: string,
    readonly reason: string,
  ) {
    super([{ field: 'id', message: reason }]);
  }
}

/** Tried too often; nothing was done. Trying again is worth while after `retryAfter` seconds. */
export class TooManyAttempts extends Answer {
  constructor(readonly retryAfter: number) {
    super(`tried too often; again in ${retryAfter} seconds`);
  }
}

/** Asked for too often, by somebody who proved nothing and failed at nothing. */
export class TooManyRequests extends TooManyAttempts {}

/** The thing named does not exist, or does not exist for the one who asks. */
export class NotFound extends Answer {
  constructor(what: string) {
    super(`${what} not found`);
  }
}
