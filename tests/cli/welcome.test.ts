import { expect, it } from 'vitest';
import { welcome } from '../../src/interfaces/cli/welcome.js';

const facts = { issuer: 'https://auth.example.com', host: 'localhost', port: 3000, admin: null, nobodyYet: false, passwords: true, demoClientId: 'demo' };

it('shows a walk-through where a terminal can sign in with a password', () => {
  expect(welcome(facts)).toContain('URL=https://auth.example.com CLIENT=demo');
});

it('says where to sign in where people do so elsewhere only', () => {
  const text = welcome({ ...facts, passwords: false });
  expect(text).not.toContain('promote');
  expect(text).toContain('https://auth.example.com/sign-in');
  expect(text).not.toContain('curl');
});

it('says how to come by an administrator where nobody was made one', () => {
  expect(welcome({ ...facts, nobodyYet: true })).toContain('keywright users promote');
});

it.each(['127.0.0.2', '192.0.2.7', 'box.internal'])('names HOST=%s, where nobody is found who is asked for at localhost, and what to do', (host) => {
  const text = welcome({ ...facts, issuer: 'http://localhost:3000', host });
  expect(text).toMatch(new RegExp(`^Keywright is ready at ${host}, port 3000\n\nNobody finds it there who asks for http://localhost:3000, .* HOST .* ISSUER`));
  expect(text).not.toContain('curl');
});

it.each([
  ['http://localhost:3000', 'localhost'],
  ['http://localhost:3000', '127.0.0.1'],
  ['http://localhost:3000', '::1'],
  ['http://localhost:3000', '0.0.0.0'],
  ['http://127.0.0.1:3000', '::'],
  ['https://auth.example.com', '10.0.0.5'],
  ['http://localhost:8080', '172.17.0.2'],
])('names the issuer %s where HOST=%s may be found by it', (issuer, host) => {
  expect(welcome({ ...facts, issuer, host })).toMatch(new RegExp(`^Keywright is ready at ${issuer}\n`));
  expect(welcome({ ...facts, issuer, host })).toContain('curl');
});
