import { RotateKeys } from '../keys/rotate-keys.js';
import { WithdrawKey } from '../keys/withdraw-key.js';
import { type Described, described } from './described.js';
import { operator } from './subjects.js';

/** What the operator does with the keys that sign; that they rotate by themselves is not written down. */
export const keyActions: readonly Described[] = [
  described(RotateKeys, {
    action: 'signing_key.rotate',
    given: () => operator,
    came: (_, { now }) => ({ reason: now ? 'signs at once' : 'signs when it is known everywhere' }),
  }),
  described(WithdrawKey, { action: 'signing_key.withdraw', given: () => operator, named: ({ id }) => ({ keyId: id }) }),
];
