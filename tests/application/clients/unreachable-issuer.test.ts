import { expect, it } from 'vitest';
import { unreachableIssuer } from '../../../src/application/clients/unreachable-issuer.js';

it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'https://localhost'])(
  'is on loopback (%s), for whoever calls from the internet and for nobody else (RFC 8252 §7.3)',
  (issuer) => {
    expect(unreachableIssuer({ internetCaller: 'Zapier' }, issuer)).toEqual({ caller: 'Zapier', issuer });
    expect(unreachableIssuer({ internetCaller: null }, issuer)).toBeNull();
  },
);

it.each(['https://auth.example.com', 'https://localhost.example.com'])('is not one that has a name of its own: %s', (issuer) => {
  expect(unreachableIssuer({ internetCaller: 'Zapier' }, issuer)).toBeNull();
});
