import { describe, expect, it } from 'vitest';
import { someResourceServer } from '../../src/adapter-kit/fixtures.js';
import type { TokenFormat } from '../../src/domain/resources/resource-server.js';
import { targetOf } from '../../src/domain/resources/token-target.js';

const scope = (name: string) => ({ name, sentence: `Do ${name}` });
const server = (name: string, tokenFormat: TokenFormat) =>
  someResourceServer({ identifier: `https://${name}.example`, tokenFormat, signingAlgorithm: 'EdDSA', scopes: [scope(`${name}:read`)] });
const servers = [server('opaque', 'opaque'), server('jwt', 'jwt'), server('open', 'by_client')];
const signedWith = (resources: string[], format: 'opaque' | 'jwt', scopes = ['default']) => targetOf({ resources, scopes, format }, servers).signedWith;

describe('What a token is', () => {
  it.each([
    ['a resource server that wants opaque ones', 'https://opaque.example', null, null],
    ['one that wants JWTs', 'https://jwt.example/', 'EdDSA', 'EdDSA'],
    ['one that leaves it to the client', 'https://open.example', null, 'EdDSA'],
    ['a resource that is not registered', 'https://elsewhere.example', null, 'ES256'],
  ] as const)('is said for %s', (_, resource, byDefault, whereAsked) => {
    expect([signedWith([resource], 'opaque'), signedWith([resource], 'jwt')]).toEqual([byDefault, whereAsked]);
  });

  it('is opaque without an audience, whatever the client asks for (RFC 9068 §2.2)', () => {
    expect(signedWith([], 'jwt')).toBeNull();
    expect(targetOf({ resources: [], scopes: ['default'], format: 'jwt' }, []).signedWith).toBeNull();
  });

  it('is opaque for several, whose scopes nobody could tell apart (RFC 9068 §3)', () => {
    expect(signedWith(['https://jwt.example', 'https://open.example'], 'jwt')).toBeNull();
    expect(signedWith(['https://jwt.example', 'https://elsewhere.example'], 'jwt')).toBeNull();
  });

  it('is said for the resource server whose scopes alone it has, though none is named (RFC 9068 §3)', () => {
    expect([signedWith([], 'opaque', ['open:read']), signedWith([], 'jwt', ['open:read'])]).toEqual([null, 'EdDSA']);
    expect(signedWith([], 'jwt', ['opaque:read'])).toBeNull();
    expect(signedWith([], 'jwt', ['open:read', 'jwt:read'])).toBeNull();
  });
});
