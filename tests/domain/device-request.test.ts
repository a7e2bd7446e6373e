import { describe, expect, it } from 'vitest';
import { isForDevice, leavesFor, newUserCode, readableUserCode, userCodeIn } from '../../src/domain/authorization/device-request.js';

describe('The code that a device shows (RFC 8628 §6.1)', () => {
  it('has eight letters of which no word can be made and none is taken for another, and is not the same twice', () => {
    const codes = Array.from({ length: 1000 }, newUserCode);
    for (const code of codes) expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
    expect(new Set(codes.join('')).size).toBe(20);
    expect(new Set(codes).size).toBe(1000);
  });

  it('is read back however it is typed', () => {
    const code = newUserCode();
    const shown = readableUserCode(code);
    expect(shown).toMatch(/^\w{4}-\w{4}$/);
    for (const typed of [code, shown, shown.toLowerCase(), ` ${shown} `, shown.replace('-', ' – '), [...code].join('.'), `${shown}\r\n`]) {
      expect(userCodeIn(typed)).toBe(code);
    }
  });

  it.each(['', 'BCDF-GHJ', 'BCDF-GHJKL', 'ABCD-FGHJ', 'BCDF-GHJ1', 'ＢＣＤＦ-ＧＨＪＫ', '𝐁𝐂𝐃𝐅', 'BCDF\0GHJK', "BCDF-GHJK'", 'B'.repeat(100_000)])(
    'is not %j',
    (typed) => {
      expect(userCodeIn(typed)).toBeNull();
    },
  );
});

it('A request of a device leads nowhere, all others to their redirect URI', () => {
  expect(leavesFor({ redirectUri: 'https://app.example/callback' })).toEqual(['https://app.example/callback']);
  expect(isForDevice({ redirectUri: 'urn:ietf:wg:oauth:2.0:oob' })).toBe(false);
  expect(leavesFor({ redirectUri: 'urn:ietf:params:oauth:grant-type:device_code' })).toEqual([]);
});
