import { CreateUser } from '../people/create-user.js';
import { DeleteUser } from '../people/delete-user.js';
import { DemoteUser } from '../people/demote-user.js';
import { DisableUser } from '../people/disable-user.js';
import { EnableUser } from '../people/enable-user.js';
import { PromoteUser } from '../people/promote-user.js';
import { type Described, described } from './described.js';
import { by, operator } from './subjects.js';

/** What is done to people here. */
export const peopleActions: readonly Described[] = [
  described(CreateUser, {
    action: 'user.create',
    given: ({ actor }) => by(actor),
    came: ({ id, admin }) => ({ userId: id, ...(admin && { reason: 'administrator' }) }),
  }),
  described(DisableUser, {
    action: 'user.disable',
    given: ({ actor }) => by(actor),
    came: ({ user, grantsRevoked }) => ({ userId: user.id, ended: grantsRevoked }),
  }),
  described(EnableUser, {
    action: 'user.enable',
    given: ({ actor }) => by(actor),
    came: ({ user }) => ({ userId: user.id }),
  }),
  described(DeleteUser, {
    action: 'user.delete',
    given: ({ actor }) => by(actor),
    came: ({ id, grantsRevoked }) => ({ userId: id, ended: grantsRevoked }),
  }),
  described(PromoteUser, { action: 'user.promote', given: () => operator, came: ({ id }) => ({ userId: id }) }),
  described(DemoteUser, {
    action: 'user.demote',
    given: () => operator,
    came: ({ outcome, user }) => ({ userId: user.id, ...(outcome !== 'demoted' && { outcome: 'refused', reason: outcome }) }),
  }),
];
