import { describe, expect, it } from 'vitest';
import type { ClientSecret } from '../../src/domain/clients/client-secret.js';
import { secretAdvice } from '../../src/domain/secret-advice.js';

const day = 24 * 3600 * 1000;
const now = new Date('2030-06-01T00:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * day);

function secret(id: string, made: number, used: number | null, expires: number | null = null): ClientSecret {
  const lastUsed = used === null ? null : { at: ago(used), from: '192.0.2.7' };
  const expiresAt = expires === null ? null : ago(expires);
  return { id, clientId: 'client', label: id, digest: new Uint8Array(32), lastFour: 'abcd', createdAt: ago(made), createdBy: null, expiresAt, lastUsed };
}

describe('The only secret', () => {
  it.each([
    ['is in use when it was used today', secret('a', 100, 0), 'in_use'],
    ['is in use when it was used 30 days ago', secret('a', 100, 30), 'in_use'],
    ['is unused when that was longer ago', secret('a', 100, 30.001), 'unused'],
    ['is unused when it never was used', secret('a', 100, null), 'unused'],
    ['is safe to remove once it expired, however much it was used', secret('a', 100, 0.001, 0), 'safe_to_remove'],
    ['is in use right before it expires', secret('a', 100, 1, -0.001), 'in_use'],
  ])('%s', (_, only, advice) => {
    expect(secretAdvice(only, [only], now)).toBe(advice);
  });
});

describe('A secret with a successor', () => {
  it.each([
    ['is safe to remove when it was last used before the successor was made', 11, 'safe_to_remove'],
    ['is safe to remove when it never was used', null, 'safe_to_remove'],
    ['is safe to remove when only the successor was used for a day', 1, 'safe_to_remove'],
    ['is in use when both were used within a day, as while a client moves', 0.999, 'in_use'],
  ])('%s', (_, used, advice) => {
    const [old, successor] = [secret('a', 100, used), secret('b', 10, 0)];
    expect(secretAdvice(old, [successor, old], now)).toBe(advice);
    expect(secretAdvice(successor, [successor, old], now)).toBe('in_use');
  });

  it('is measured by its own successor, not by one made after that', () => {
    const [first, second, third] = [secret('a', 100, 5), secret('b', 10, 5), secret('c', 1, 0)];
    expect(secretAdvice(first, [third, first, second], now)).toBe('in_use');
    expect(secretAdvice(second, [third, first, second], now)).toBe('safe_to_remove');
  });

  it('is in use when it was used at the moment its successor was made, and right after', () => {
    for (const used of [0.5, 0.4]) {
      const [old, successor] = [secret('a', 100, used), secret('b', 0.5, 0)];
      expect(secretAdvice(old, [old, successor], now)).toBe('in_use');
    }
  });

  it('is not called safe to remove before its successor was used, even if it never was: the two may have been handed out a minute ago', () => {
    const [old, successor] = [secret('a', 100, null), secret('b', 10, null)];
    expect(secretAdvice(old, [old, successor], now)).toBe('unused');
  });

  it('is in use while its successor waits to be used for the first time', () => {
    const [old, successor] = [secret('a', 100, 1), secret('b', 0.5, null)];
    expect(secretAdvice(old, [old, successor], now)).toBe('in_use');
  });

  it('is not replaced by one that has expired', () => {
    const [old, expired] = [secret('a', 100, 20), secret('b', 10, null, 1)];
    expect(secretAdvice(old, [old, expired], now)).toBe('in_use');
  });

  it('made in the same millisecond is told from it by its id', () => {
    const [one, other] = [secret('a', 10, null), secret('b', 10, 1)];
    expect(secretAdvice(one, [one, other], now)).toBe('safe_to_remove');
    expect(secretAdvice(other, [one, other], now)).toBe('in_use');
  });
});
