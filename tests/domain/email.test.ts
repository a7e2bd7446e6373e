import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '../../src/domain/people/user.js';

describe('normaliseEmail', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['Ada.Lovelace@EXAMPLE.com', 'ada.lovelace@example.com'],
    ['  ada@example.com\n', 'ada@example.com'],
    ['ada+tag@mail.example.co.uk', 'ada+tag@mail.example.co.uk'],
    ['admin@localhost', 'admin@localhost'],
    ['bücher@bücher.example', 'bücher@bücher.example'],
  ])('keeps %j as %s', (typed, kept) => {
    expect(normaliseEmail(typed)).toBe(kept);
  });

  it.each([
    '',
    '@',
    'ada',
    'ada@',
    '@example.com',
    'ada@b@example.com',
    'ada @example.com',
    'ada@exam ple.com',
    'ada@example.com\0',
    'a\0@example.com',
    'ada\r\nBcc:x@example.com',
    'ada\u202e@example.com',
    'ada@\u2066example\u2069.com',
    '\u200fada@example.com',
    'ada@example.com\u061c',
  ])('refuses %j', (typed) => {
    expect(normaliseEmail(typed)).toBeNull();
  });

  it('refuses an address longer than SMTP can carry (RFC 5321 §4.5.3.1.3)', () => {
    expect(normaliseEmail(`${'a'.repeat(242)}@example.com`)).toHaveLength(254);
    expect(normaliseEmail(`${'a'.repeat(243)}@example.com`)).toBeNull();
  });

  it('finds the same person however the address is cased or padded', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.constantFrom('', ' ', '\t'), (email, padding) => {
        expect(normaliseEmail(padding + email.toUpperCase() + padding)).toBe(normaliseEmail(email));
      }),
    );
  });

  it('leaves alone what it wrote itself, and never keeps a space, a control character or one that turns the direction of text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string(),
          fc.string({ unit: 'grapheme' }).map((text) => `${text}@example.com`),
        ),
        (typed) => {
          const kept = normaliseEmail(typed);
          if (kept === null) return;
          expect(normaliseEmail(kept)).toBe(kept);
          expect(kept).not.toMatch(/[\s\p{Cc}\p{Bidi_Control}]/u);
        },
      ),
    );
  });
});
