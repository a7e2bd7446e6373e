import { expect, it } from 'vitest';
import { useIsSeen } from '../../src/domain/seen-scope.js';

it.each([
  ['profile', true],
  ['email', true],
  ['clients:write', true],
  ['admin', false],
  ['offline_access', false],
  ['default', false],
  ['invoices:read', false],
])('every use of %s is seen here: %s', (scope, seen) => {
  expect(useIsSeen(scope)).toBe(seen);
});
