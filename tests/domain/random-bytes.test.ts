import { describe, expect, it } from 'vitest';
import { randomBytes } from '../../src/domain/random-bytes.js';

describe('random bytes', () => {
  it('are handed out once: no two takings share any, within one asking of the system and across several', () => {
    const taken = Array.from({ length: 2000 }, (_, index) => randomBytes([12, 16, 48][index % 3] as number));
    const windows = taken.flatMap((bytes) => (bytes.length < 12 ? [] : [bytes.subarray(0, 12).toString('hex'), bytes.subarray(-12).toString('hex')]));
    const ofLength12 = taken.filter(({ length }) => length === 12).length;
    expect(new Set(windows).size).toBe(windows.length - ofLength12);
  });

  it.each([1, 48, 4095, 4096])('are as many as were asked for: %i', (count) => {
    expect(randomBytes(count)).toHaveLength(count);
    expect(randomBytes(count)).toHaveLength(count);
  });

  it('do not change when others are taken', () => {
    const bytes = randomBytes(48);
    const before = bytes.toString('hex');
    for (let index = 0; index < 500; index++) randomBytes(48);
    expect(bytes.toString('hex')).toBe(before);
  });

  it('refuses more than the reserve holds', () => {
    expect(() => randomBytes(4097)).toThrow(RangeError);
  });
});
