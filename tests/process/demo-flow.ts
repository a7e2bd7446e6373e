import type { Browser } from '../support/browser.js';
import { pkce } from '../support/pkce.js';

const callback = 'http://127.0.0.1/callback';

/** Where the demo client sends people. */
export function authorizationUrl(issuer: string, challenge: string): string {
  const parameters = { client_id: 'keywright-demo', response_type: 'code', redirect_uri: callback, code_challenge: challenge, code_challenge_method: 'S256' };
  return `${issuer}/oauth/authorize?${new URLSearchParams(parameters)}`;
}

/** A fresh code of somebody who allowed the demo client before, as the form that exchanges it. */
export async function exchangeForm(browser: Browser, issuer: string): Promise<Record<string, string>> {
  const { verifier, challenge } = pkce();
  const response = await browser.request(authorizationUrl(issuer, challenge));
  const location = response.headers.get('location');
  if (location === null) throw new Error(`${response.status}: ${await response.text()}`);
  const code = new URL(location).searchParams.get('code') as string;
  return { grant_type: 'authorization_code', client_id: 'keywright-demo', code, code_verifier: verifier, redirect_uri: callback };
}

/** The form that the demo client refreshes with. */
export function refreshForm(refreshToken: string): Record<string, string> {
  return { grant_type: 'refresh_token', client_id: 'keywright-demo', refresh_token: refreshToken };
}

/** What the token endpoint answers; throws where it does not, in ten seconds. */
export async function token(issuer: string, form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${issuer}/oauth/token`, { method: 'POST', body: new URLSearchParams(form), signal: AbortSignal.timeout(10_000) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
