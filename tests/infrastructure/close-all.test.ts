import { expect, it } from 'vitest';
import { closeAll } from '../../src/infrastructure/close-all.js';

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
