import { describe, expect, it } from 'vitest';
import { Macs } from '../../src/domain/macs.js';
import type { SecretKeys } from '../../src/domain/secret-key.js';

const [old, next] = ['the key of before, of 32 characters', 'the key that follows, of 32 characters'];
const macs = (secretKeys: SecretKeys, purpose = 'a purpose', bytes = 16) => new Macs(secretKeys, purpose, bytes);

describe('What this server handed out', () => {
  it.each<[string, SecretKeys, SecretKeys, boolean]>([
    ['under its only key', [old], [old], true],
    ['under a key that is to come elsewhere', [next, old], [old, next], true],
    ['under the key of before', [old], [next, old], true],
    ['under a key that is accepted no more', [old], [next], false],
    ['under the key that only the others have yet', [next, old], [old], false],
  ])('%s is known again where it should be', (_, by, where, known) => {
    const mac = macs(by).make('what', 'ever');
    expect(mac).toHaveLength(16);
    expect(macs(where).isGenuine(mac, 'what', Buffer.from('ever'))).toBe(known);
  });

  it('is marked with the first key', () => {
    expect(macs([next, old]).make('text')).toEqual(macs([next]).make('text'));
  });

  it('is known for its purpose, its content and its length only', () => {
    const mac = macs([old]).make('text');
    expect(macs([old], 'another purpose').isGenuine(mac, 'text')).toBe(false);
    expect(macs([old]).isGenuine(mac, 'texts')).toBe(false);
    expect(macs([old]).isGenuine(mac.subarray(0, 15), 'text')).toBe(false);
    expect(macs([old]).isGenuine(Buffer.alloc(0), 'text')).toBe(false);
  });
});
