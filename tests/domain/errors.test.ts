import { expect, it } from 'vitest';
import { InvalidGrant } from '../../src/domain/errors.js';

it('gathers no stack for an answer, and leaves those of real failures as they were', () => {
  const limit = Error.stackTraceLimit;
  const error = new InvalidGrant('the code is unknown', 'issued to another client');
  expect(error.stack).not.toMatch(/^ {4}at /m);
  expect(error).toMatchObject({ name: 'InvalidGrant', code: 'invalid_grant', message: 'the code is unknown (issued to another client)' });
  expect(Error.stackTraceLimit).toBe(limit);
  expect(new Error('a bug').stack).toMatch(/^ {4}at /m);
});
