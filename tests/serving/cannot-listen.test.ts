import { expect, it } from 'vitest';
import { CannotListen, listening } from '../../src/serving/cannot-listen.js';

const refused = (code: string) => Object.assign(new Error(`listen ${code}`), { code, port: 3000, address: '::1' });

it.each([
  ['', 'EADDRINUSE', 'PORT 3000 at ::1 is in use by another program'],
  ['METRICS_', 'EADDRINUSE', 'METRICS_PORT 3000 at ::1 is in use by another program'],
  ['METRICS_', 'EACCES', 'METRICS_PORT 3000 may not be listened on by this user'],
  ['', 'ENOTFOUND', 'HOST is not an address of this machine'],
  ['METRICS_', 'EADDRNOTAVAIL', 'METRICS_HOST is not an address of this machine'],
] as const)('a port of %sPORT that is refused with %s names the variable to be changed', async (prefix, code, words) => {
  const failure = await listening(prefix, Promise.reject(refused(code))).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CannotListen);
  expect(failure).toMatchObject({ message: words, cause: { code } });
});

it('a failure that no variable is to blame for stays what it is', async () => {
  const failure = refused('EMFILE');
  await expect(listening('', Promise.reject(failure))).rejects.toBe(failure);
});
