import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readableName } from '../../../src/interfaces/web/views/readable-name.js';

describe('a client’s name as people read it', () => {
  it.each([
    ['takes out characters that turn the direction', '\u202Ereipaz\u202C', 'reipaz'],
    ['takes out characters that nobody sees', 'Za\u200Bpi\u00ADer\uFEFF\u2060', 'Zapier'],
    ['takes out joiners between letters that do not join', 'Za\u200D\u200Cpier', 'Zapier'],
    ['takes out variation selectors behind letters', 'Zapier\uFE0F', 'Zapier'],
    ['makes one line of several', 'Zapier\r\n\u2028 wants\tnothing', 'Zapier wants nothing'],
    ['cuts stacked accents', `Z${'\u0336'.repeat(40)}apier`, `Z${'\u0336'.repeat(3)}apier`],
    ['replaces a name with nothing to read', '\u3164\u2800 \u200B\u202E', 'An app without a name'],
    ['replaces an empty name', '', 'An app without a name'],
  ])('%s', (_rule, name, shown) => {
    expect(readableName(name)).toBe(shown);
  });

  it.each(['Zapier', 'مرحبا', 'می\u200Cخواهم', 'क्\u200Dष', '👩‍💻 Dev', '❤\uFE0F Notes', 'Ünïcödé GmbH & Co. <b>'])('leaves %s as it is', (name) => {
    expect(readableName(name)).toBe(name);
  });

  it('never ends up empty or with a control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(readableName(name)).toMatch(/[^\s]/);
        expect(readableName(name)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
    );
  });
});
