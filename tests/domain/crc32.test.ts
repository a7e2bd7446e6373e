import { crc32 as zlibs } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32 } from '../../src/domain/tokens/crc32.js';

const ascii = fc.string({ unit: 'binary-ascii' });

it('the CRC-32 of an ASCII text is the one that zlib finds, also of its beginning', () => {
  fc.assert(
    fc.property(ascii, ascii, (text, more) => {
      expect(crc32(text) >>> 0).toBe(zlibs(text));
      expect(crc32(text + more, text.length)).toBe(crc32(text));
    }),
  );
});
