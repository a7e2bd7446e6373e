import type { RedirectAnswer } from '../../application/authorization/authorization-answer.js';

/** Where the browser goes with the answer (RFC 6749 §4.1.2, §4.1.2.1): the redirect URI with its own query kept, `state` as it came, and `iss` (RFC 9207 §2). */
export function answerLocation(answer: RedirectAnswer, issuer: string): string {
  const parameters = 'code' in answer ? { code: answer.code } : { error: answer.error.code, error_description: answer.error.description };
  const query = new URLSearchParams({ ...parameters, ...(answer.state !== null && { state: answer.state }), iss: issuer });
  // A space as %20: some clients, and the frameworks of phones, decode no `+`.
  return `${answer.redirectUri}${answer.redirectUri.includes('?') ? '&' : '?'}${query.toString().replaceAll('+', '%20')}`;
}
