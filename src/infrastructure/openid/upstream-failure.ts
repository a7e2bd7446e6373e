import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { UpstreamFailure } from '../../application/ports/upstream-provider.js';

/** Errors of RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6 by which a provider says that the person did not go through with it. */
const turnedBack = new Set(['access_denied', 'interaction_required', 'login_required', 'consent_required', 'account_selection_required']);
const down = new Set(['server_error', 'temporarily_unavailable']);

/** What went wrong, in the three ways that a person can be told. What the provider wrote goes to the log alone, and only its error codes. */
export function upstreamFailure(error: unknown): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    const fault = turnedBack.has(error.error) ? 'cancelled' : down.has(error.error) ? 'unreachable' : 'refused';
    return new UpstreamFailure(fault, `the provider answered ${error.error.slice(0, 100)}`, { cause: error });
  }
  if (isAboutTheLine(error)) return new UpstreamFailure('unreachable', `the provider does not answer: ${(error as Error).message}`, { cause: error });
  const { code, message } = error as Error & { code?: string };
  return new UpstreamFailure('refused', [code, message].filter(Boolean).join(': '), { cause: error });
}

/** How the library says that there was no answer, or none that an endpoint of the protocol gives. */
const codesOfTheLine = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON']);

/** A connection that failed or took too long, or a gateway that answered in its place. */
function isAboutTheLine(error: unknown): boolean {
  if (codesOfTheLine.has((error as { code?: string }).code ?? '')) return true;
  const causes = [error, (error as Error).cause];
  return causes.some((one) => one instanceof Error && (one.name === 'TimeoutError' || one.name === 'AbortError' || one.message === 'fetch failed'));
}
