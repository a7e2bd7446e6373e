import { describe, expect, it } from 'vitest';
import { closeAll, closingAfter } from '../../src/infrastructure/close-all.js';

it('closes everything, one after the other, and throws the first error when all is done', async () => {
  const closed: string[] = [];
  const closing = (name: string, error?: Error) => async () => {
    await Promise.resolve();
    closed.push(name);
    if (error) throw error;
  };
  const all = closeAll(closing('store', new Error('first')), closing('users', new Error('second')), () => undefined, closing('trail'));
  await expect(all).rejects.toThrow('first');
  expect(closed).toEqual(['store', 'users', 'trail']);
});

it('says nothing where everything closed', async () => {
  await expect(closeAll(() => undefined)).resolves.toBeUndefined();
});

describe('closingAfter', () => {
  const failing = (message: string) => async () => Promise.reject(new Error(message));

  it('answers what the work did, once all is closed', async () => {
    const closed: string[] = [];
    expect(
      await closingAfter(
        async () => closed.length,
        () => closed.push('store'),
        () => closed.push('trail'),
      ),
    ).toBe(0);
    expect(closed).toEqual(['store', 'trail']);
  });

  it('closes all after work that failed, and throws why it failed', async () => {
    const closed: string[] = [];
    await expect(closingAfter(failing('the work'), failing('closing'), () => closed.push('trail'))).rejects.toThrow('the work');
    expect(closed).toEqual(['trail']);
  });

  it('throws what closing does where the work succeeded', async () => {
    await expect(closingAfter(async () => 1, failing('closing'))).rejects.toThrow('closing');
  });
});
