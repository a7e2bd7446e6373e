import { expect, test } from 'vitest';
import { compiled } from '../support/compiled.js';

test('an authenticator of the team’s own is checked by the types of keywright/sign-in', async () => {
  const said = await compiled(`
    import type { CreateAuthenticator } from 'keywright/sign-in';
    export const createAuthenticator: CreateAuthenticator = ({ issuer }) => ({
      name: 'members',
      authenticate: async ({ email }) => (email === issuer ? { subject: '1', email, emailVerified: true } : null),
    });
    // @ts-expect-error: a subject is a text
    export const wrong: CreateAuthenticator = () => ({ name: 'members', authenticate: async ({ email }) => ({ subject: 7, email, emailVerified: true }) });
  `);
  expect(said).toBe('');
});

test('a program that opens the store itself gets the types of keywright/in-process', async () => {
  const said = await compiled(`
    import { openInProcess } from 'keywright/in-process';
    const keywright = await openInProcess(process.env);
    const result = await keywright.authenticate({ token: 'x', scopes: ['a'], resource: 'https://api.example' });
    export const told: string = result.active ? (result.user?.email ?? result.client.name) : result.reason;
    // @ts-expect-error: a token is needed
    await keywright.authenticate({});
  `);
  expect(said).toBe('');
});

test('a service that has the package installed gets the types with it', async () => {
  const said = await compiled(`
    import { createVerifier, type Verification } from 'keywright/verify';
    import { requireToken } from 'keywright/verify/express';
    import { verifyRequest } from 'keywright/verify/request';
    const verifier = createVerifier({ issuer: 'https://auth.example', audience: 'https://api.example', whenUnavailable: 'deny' });
    const result: Verification = await verifier.verify('x', { scopes: ['a'] });
    export const told: string = result.active ? result.claims.sub : result.reason;
    const { token, response } = await verifyRequest(verifier, new Request('https://api.example'));
    export const answer: Response | string = token ? token.claims.client_id : response;
    export const guard = requireToken(verifier, 'invoices:read');
  `);
  expect(said).toBe('');
});

test('and is told what it got wrong', async () => {
  const said = await compiled(`
    import { createVerifier } from 'keywright/verify';
    const verifier = createVerifier({ issuer: 'https://auth.example', audience: 'https://api.example' });
    export const sub = (await verifier.verify('x')).claims.sub;
  `);
  expect(said).toMatch(/service\.ts\(3,.*'whenUnavailable' is missing/s);
  expect(said).toMatch(/service\.ts\(4,.*'claims' does not exist/);
});
