import { ChangePassword } from '../accounts/change-password.js';
import { ChoosePassword } from '../accounts/choose-password.js';
import { GiveLink } from '../accounts/give-link.js';
import { AcceptSessionToken } from '../identities/accept-session-token.js';
import { AdmitIdentity } from '../identities/admit-identity.js';
import { FinishUpstreamSignIn } from '../identities/finish-upstream-sign-in.js';
import { UnlinkIdentity } from '../identities/unlink-identity.js';
import { SignIn } from '../people/sign-in.js';
import { EndOtherSessions } from '../sessions/end-other-sessions.js';
import { EndSession } from '../sessions/end-session.js';
import { StartSession } from '../sessions/start-session.js';
import { type Described, described } from './described.js';
import type { Came } from './description.js';
import { by, operator, person } from './subjects.js';

const action = 'user.sign_in';
const notAdmitted = (reason: string): Came => ({ outcome: 'refused', reason: `not admitted: ${reason}` });

/** How people prove who they are, and how their sessions begin and end. Whoever signs out in their own browser is not written down. */
export const signInActions: readonly Described[] = [
  // Every way to sign in ends here; who does not get so far is told by the way they tried.
  described(StartSession, {
    action,
    given: ({ user, method, from }) => ({ actor: user.id, userId: user.id, method, from }),
    refused: () => null,
    came: (session) => session && { sessionId: session.id },
  }),
  described(SignIn, {
    action,
    given: ({ from }) => ({ from, method: 'password' }),
    came: (result) => {
      if (result.outcome === 'signed_in') return null;
      return result.outcome === 'refused' ? { outcome: 'refused', reason: 'unknown, disabled or wrong password' } : notAdmitted(result.reason);
    },
  }),
  described(FinishUpstreamSignIn, {
    action,
    given: ({ providerId, browser }) => ({ from: browser.from, method: `provider:${providerId}` }),
    came: (result, { userId }) => {
      const linking = { action: 'identity.link', ...(userId !== null && { actor: userId, userId }) };
      if (result.outcome === 'linked') return linking;
      if (result.outcome === 'of_another') return { ...linking, outcome: 'refused', reason: result.outcome };
      if (result.outcome === 'not_admitted') return notAdmitted(result.reason);
      if (result.outcome !== 'failed') return null;
      const { fault } = result.failure;
      return { ...(result.linking && linking), outcome: fault === 'unreachable' ? 'failed' : 'refused', reason: `the provider's answer: ${fault}` };
    },
  }),
  described(AcceptSessionToken, {
    action,
    given: ({ browser }) => ({ from: browser.from, method: 'token' }),
    came: (result, { by }) => {
      if (result.outcome === 'not_admitted') return notAdmitted(result.reason);
      // A stale cookie comes along by itself.
      if (result.outcome === 'signed_in' || by === 'cookie') return null;
      return { outcome: 'refused', reason: result.outcome === 'repeated' ? 'the session token was used before' : result.detail };
    },
  }),
  described(AdmitIdentity, {
    action: 'identity.admit',
    given: ({ issuer }) => ({ method: issuer }),
    refused: () => null,
    came: (admission) => (admission.outcome === 'admitted' && admission.changes ? { userId: admission.user.id, reason: admission.changes.join(', ') } : null),
  }),
  described(UnlinkIdentity, {
    action: 'identity.unlink',
    given: ({ user }) => ({ actor: user.id, userId: user.id }),
    came: (outcome) => (outcome === 'unlinked' ? {} : { outcome: 'refused', reason: outcome }),
  }),
  described(ChangePassword, { action: 'password.change', given: ({ person }) => ({ actor: person.id, userId: person.id }) }),
  described(ChoosePassword, {
    action: 'password.choose',
    given: ({ from }) => ({ from }),
    came: (result) =>
      result.outcome === 'chosen'
        ? { userId: result.userId, ...(result.link.userId === null && { reason: 'new account' }) }
        : { outcome: 'refused', reason: 'the link was used or is too old' },
  }),
  described(GiveLink, { action: 'password.give_link', given: () => operator, came: ({ user }) => ({ userId: user.id }) }),
  described(EndSession, {
    action: 'session.end',
    given: ({ actor }) => by(actor),
    named: ({ user, sessionId }) => ({ ...person(user), sessionId }),
  }),
  described(EndOtherSessions, {
    action: 'session.end_others',
    given: ({ actor }) => by(actor),
    named: ({ userId }) => ({ userId }),
    came: (ended) => ({ ended }),
  }),
];
