import type { AuthorizeInput } from '../../application/authorization/authorize.js';
import type { Parameters } from './parameters.js';

/** What a client asks (RFC 6749 §4.1.1), in the query of the authorization endpoint or pushed as a form. */
export function authorizeInput(parameters: Parameters): AuthorizeInput {
  // These two decide whether an error is a page or a redirect, so they must be right before anything else is looked at.
  const [clientId, redirectUri] = [parameters.one('client_id'), parameters.one('redirect_uri')];
  const malformed = parameters.problem(['client_id', 'redirect_uri']);
  return {
    clientId,
    redirectUri,
    malformed,
    requestObject: parameters.usable('request'),
    responseType: parameters.usable('response_type'),
    state: parameters.usable('state'),
    scope: parameters.usable('scope'),
    codeChallenge: parameters.usable('code_challenge'),
    codeChallengeMethod: parameters.usable('code_challenge_method'),
    resources: malformed === null ? parameters.all('resource') : [],
    prompt: parameters.usable('prompt'),
    maxAge: parameters.usable('max_age'),
    loginHint: parameters.usable('login_hint'),
  };
}
