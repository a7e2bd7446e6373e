import type { AuthorizationAnswer } from '../authorization/authorization-answer.js';
import { DecideAuthorization } from '../authorization/decide-authorization.js';
import { GiveGrant } from '../authorization/give-grant.js';
import { DisconnectApp } from '../connections/disconnect-app.js';
import { ForgetConsent } from '../connections/forget-consent.js';
import { RevokeGrant } from '../connections/revoke-grant.js';
import { type Described, described } from './described.js';
import { by } from './subjects.js';

const isDenial = (answer: AuthorizationAnswer) => ('onDevice' in answer ? answer.onDevice === 'denied' : 'error' in answer);

/** What people allow apps, asked or under a consent of theirs, and what they and others take back. */
export const grantActions: readonly Described[] = [
  // A double click is given a code of its own under the same grant.
  described(GiveGrant, {
    action: 'grant.give',
    given: ({ clientId }, _client, { user }) => ({ actor: user.id, userId: user.id, clientId }),
    came: (given, { decision }) => (given.outcome === 'given' && decision === null ? { grantId: given.grant.id, scopes: given.grant.scopes } : null),
  }),
  // An allowed one is told by the grant that it gives.
  described(DecideAuthorization, {
    action: 'grant.deny',
    given: ({ signedIn: { user } }) => ({ actor: user.id, userId: user.id }),
    refused: (_, { decision }) => (decision === 'deny' ? {} : null),
    came: (result) => (result.outcome === 'answer' && isDenial(result.answer) ? { clientId: result.client.id } : null),
  }),
  described(ForgetConsent, {
    action: 'consent.forget',
    given: ({ actor }) => (actor === undefined ? {} : by(actor)),
    named: ({ of }) => of,
    // Of a person for a client there is one at most.
    came: (count, { of }) => (count === 0 ? null : 'userId' in of && 'clientId' in of ? {} : { ended: count }),
  }),
  described(DisconnectApp, {
    action: 'grant.revoke',
    given: ({ actor }) => ({ ...by(actor), userId: actor.id }),
    // An app that is not there is none of theirs either.
    came: ({ grantsRevoked }, { clientId }) => (grantsRevoked > 0 ? { clientId, ended: grantsRevoked } : null),
  }),
  described(RevokeGrant, {
    action: 'grant.revoke',
    given: ({ actor }) => by(actor),
    named: ({ grantId }) => ({ grantId }),
    came: ({ already }) => (already ? null : {}),
  }),
];
