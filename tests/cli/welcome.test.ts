import { expect, it } from 'vitest';
import { welcome } from '../../src/interfaces/cli/welcome.js';

const facts = { issuer: 'https://auth.example.com', admin: null, nobodyYet: false, passwords: true, demoClientId: 'demo' };

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
