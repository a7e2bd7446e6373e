import { Hono } from 'hono';
import { expectTypeOf, test } from 'vitest';
import {
  type Active,
  createVerifier,
  type RefusalReason,
  type TokenClaims,
  type Verification,
  type VerifierOptions,
} from '../../src/verify/create-verifier.js';
import { requireToken } from '../../src/verify/hono.js';
import type { verifyRequest } from '../../src/verify/request.js';

// Checked by the compiler, in `npm run types`; running this file proves nothing.
const options: VerifierOptions = { issuer: 'https://auth.example', audience: 'https://api.example', whenUnavailable: 'deny' };

test('what must be given, and what may be', () => {
  expectTypeOf(createVerifier).parameter(0).toEqualTypeOf<VerifierOptions>();
  // @ts-expect-error what happens while Keywright is away has no default
  void ({ issuer: 'https://auth.example', audience: 'https://api.example' } satisfies VerifierOptions);
  // @ts-expect-error no such choice
  void ({ ...options, whenUnavailable: 'allow' } satisfies VerifierOptions);
  // @ts-expect-error an id alone is no credential
  void ({ ...options, credentials: { id: 'rs_1' } } satisfies VerifierOptions);
});

test('a result is told apart by `active`, and a refusal by its reason', () => {
  type Verify = ReturnType<typeof createVerifier>['verify'];
  expectTypeOf<Awaited<ReturnType<Verify>>>().toEqualTypeOf<Verification>();
  expectTypeOf<Extract<Verification, { active: true }>>().toEqualTypeOf<Active>();
  expectTypeOf<RefusalReason>().toEqualTypeOf<
    'malformed' | 'unknown' | 'expired' | 'wrong_audience' | 'client_disabled' | 'user_disabled' | 'revoked' | 'insufficient_scope' | 'unavailable'
  >();
  expectTypeOf<Extract<Verification, { reason: 'insufficient_scope' }>['missing']>().toEqualTypeOf<readonly string[]>();
  expectTypeOf<Extract<Verification, { reason: 'revoked' }>['cause']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Extract<Verification, { reason: 'unavailable' }>['retryAfter']>().toEqualTypeOf<number>();
});

test('claims cannot be changed, and those that are not named are unknown', () => {
  expectTypeOf<TokenClaims['sub']>().toEqualTypeOf<string>();
  expectTypeOf<TokenClaims['exp']>().toEqualTypeOf<number>();
  expectTypeOf<TokenClaims['grant_id']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<TokenClaims['something']>().toEqualTypeOf<unknown>();
  expectTypeOf<Active>().toEqualTypeOf<Readonly<Active>>();
});

test('each framework knows the token of its request', () => {
  expectTypeOf<import('fastify').FastifyRequest['token']>().toEqualTypeOf<Active>();
  expectTypeOf<import('express').Request['token']>().toEqualTypeOf<Active | undefined>();
  type Checked = Awaited<ReturnType<typeof verifyRequest>>;
  expectTypeOf<Extract<Checked, { token: null }>['response']>().toEqualTypeOf<Response>();
  new Hono().get('/', requireToken(createVerifier(options)), (context) => {
    expectTypeOf(context.get('token')).toEqualTypeOf<Active>();
    return context.body(null);
  });
});
