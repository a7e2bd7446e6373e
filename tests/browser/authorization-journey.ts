import type { Page } from 'playwright-core';
import { pkce } from '../support/pkce.js';
import { type TestServer, testPerson } from '../support/test-server.js';

/** Everything that a careless server would decode, double or drop. */
export const awkwardState = 'a b+c/=&?%41#é"\'<>;~ ';

export interface Asking {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope?: string;
}

/** One authorization request of a client, and what it makes of the answer. */
export function journey({ issuer }: TestServer, { clientId, redirectUri, scope = 'profile email' }: Asking) {
  const { verifier, challenge } = pkce();
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state: awkwardState,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });

  const post = async (path: string, form: Record<string, string>) => {
    const response = await fetch(`${issuer}${path}`, { method: 'POST', body: new URLSearchParams(form) });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };

  return {
    start: `${issuer}/oauth/authorize?${query}`,

    /** Exchanges the code that the address of the callback carries. */
    exchange: (arrivedAt: string, secret: string) =>
      post('/oauth/token', {
        grant_type: 'authorization_code',
        code: new URL(arrivedAt).searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
        client_id: clientId,
        client_secret: secret,
        code_verifier: verifier,
      }),

    me: async (accessToken: string) => {
      const response = await fetch(`${issuer}/oauth/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
      return { status: response.status, body: (await response.json()) as Record<string, string> };
    },
  };
}

export async function signIn(page: Page, { email, password } = testPerson): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export const allow = (page: Page) => page.getByRole('button', { name: 'Allow' });
/** Says yes to an app at whose address nobody is; answers with what was asked for there. Where the browser is then differs from one to the other. */
export async function allowAndLeave(page: Page, host: string): Promise<string> {
  const gone = page.waitForEvent('requestfailed', (request) => new URL(request.url()).host === host);
  const shown = page.waitForEvent('framenavigated', (frame) => frame.url().startsWith('chrome-error:') || new URL(frame.url()).host === host);
  await allow(page).click();
  await shown;
  return (await gone).url();
}

export const deny = (page: Page) => page.getByRole('button', { name: 'Deny' });
