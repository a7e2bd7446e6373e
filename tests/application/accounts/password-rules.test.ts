import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PasswordRules } from '../../../src/application/accounts/password-rules.js';
import { CommonPasswordList } from '../../../src/infrastructure/crypto/common-password-list.js';

const rules = new PasswordRules(new CommonPasswordList());
const owner = { email: 'ada.lovelace@example.com', username: 'Countess' };
const messages = (password: string) => rules.problems(password, owner).map(({ message }) => message);

describe('PasswordRules', () => {
  it.each([
    ['1234567', 'is shorter than 8 characters'],
    ['', 'is shorter than 8 characters'],
    ['🎈'.repeat(7), 'is shorter than 8 characters'],
    ['x'.repeat(129), 'is longer than 128 characters'],
    [`broken ${'\ud800'} surrogate`, 'has a broken character'],
    ['ada.lovelace@example.com', 'is your e-mail address'],
    ['ADA.Lovelace@Example.com ', 'is your e-mail address'],
    ['ada.lovelace', 'is your e-mail address'],
    ['countess', 'is your e-mail address or name'],
    ['password', 'tried first'],
    ['PassWord', 'tried first'],
    ['12345678', 'tried first'],
    ['qwertyuiop', 'tried first'],
    ['iloveyou', 'tried first'],
  ])('refuses %j, which %s', (password, expected) => {
    expect(messages(password)).toEqual([expect.stringContaining(expected)]);
  });

  it.each(['correct horse battery staple', '🎈'.repeat(8), '🎈'.repeat(128), 'пароль, которого нет', ' eight by spaces ', 'cre\u0300me bru\u0302le\u0301e'])(
    'takes %j',
    (password) => {
      expect(messages(password)).toEqual([]);
    },
  );

  it('counts a letter and its accent as one, as the eye does', () => {
    expect(messages('e\u0301'.repeat(128))).toEqual([]);
    expect(messages('e\u0301'.repeat(7))).toEqual(['is shorter than 8 characters']);
  });

  it('has no rules about kinds of characters (NIST SP 800-63B §3.1.1.2)', () => {
    const anything = fc.string({ unit: 'grapheme', minLength: 25, maxLength: 40 }).filter((text) => text.normalize('NFC').length >= 25);
    fc.assert(
      fc.property(anything, (password) => {
        expect(messages(password).filter((message) => !message.includes('longer'))).toEqual([]);
      }),
    );
  });
});
