import { expect, it, test } from 'vitest';
import { InvalidGrant, InvalidInput, LocalAccountsOff, NotFound, Outdated, TooManyAttempts } from '../../src/domain/errors.js';

test.each([
  [new InvalidGrant('the code is unknown', 'issued to another client'), 'InvalidGrant', 'the code is unknown (issued to another client)'],
  [new InvalidInput([{ field: 'name', message: 'is missing' }]), 'InvalidInput', 'name: is missing'],
  [new Outdated('client'), 'Outdated', 'version: the client was changed meanwhile: look at it again before you change it'],
  [new LocalAccountsOff(), 'LocalAccountsOff', expect.stringMatching(/^password: local accounts/)],
  [new TooManyAttempts(3), 'TooManyAttempts', 'tried too often; again in 3 seconds'],
  [new NotFound('client'), 'NotFound', 'client not found'],
])('gathers no stack for an answer: %s', (error, name, message) => {
  expect(error.stack).not.toMatch(/^ {4}at /m);
  expect(error).toMatchObject({ name, message });
});

it('leaves the stacks of real failures as they were', () => {
  const limit = Error.stackTraceLimit;
  expect(new InvalidGrant('the code is unknown')).toMatchObject({ code: 'invalid_grant' });
  expect(Error.stackTraceLimit).toBe(limit);
  expect(new Error('a bug').stack).toMatch(/^ {4}at /m);
});
