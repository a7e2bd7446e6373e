import { z } from 'zod';
import type { Session } from '../../../domain/people/session.js';
import { noBody, noContent, nothing, operation } from '../operation.js';
import { onTheWire, pageOf, pageQuery } from '../paging.js';
import { personAmong } from '../person-among.js';
import { momentOut, momentText } from '../wire.js';

const tag = 'Sessions';
const forAdmins = { tag, scopes: ['admin'], forAdministrators: true } as const;
const sessionParams = z.strictObject({ session_id: z.string() });
const userParams = z.strictObject({ user_id: z.string() });

const sessionSchema = z
  .object({
    id: z.string(),
    browser: z.string().nullable().meta({ description: 'The browser in a few words, such as `Firefox on Windows`; `null` when it did not say.' }),
    address: z.string().nullable().meta({ description: 'From where the person signed in.' }),
    method: z.string().meta({ description: 'How: `password`, or the name of another way.' }),
    created_at: momentOut,
    authenticated_at: momentOut.meta({ description: 'When the person last proved who they are.' }),
    last_seen_at: momentOut.meta({ description: 'When they were last here, give or take five minutes.' }),
    expires_at: momentOut.meta({ description: 'When it ends unless they come back before.' }),
  })
  .meta({ id: 'Session', description: 'A browser in which a person is signed in here.' });
const sessionPage = pageOf('SessionPage', sessionSchema);

const listSessions = operation({
  id: 'listSessions',
  method: 'GET',
  path: '/sessions',
  tag,
  summary: 'List the browsers in which you are signed in, the latest first',
  scopes: ['sessions:read'],
  params: nothing,
  query: pageQuery,
  body: noBody,
  status: 200,
  answer: sessionPage,
  paged: true,
  handle: async ({ actor, page }, { listSessions }) =>
    onTheWire(await listSessions.execute({ actor, user: { id: personAmong(actor).id }, page }), sessionOnTheWire),
});

const endSessions = operation({
  id: 'endSessions',
  method: 'DELETE',
  path: '/sessions',
  tag,
  summary: 'Sign out everywhere',
  description: 'Apps that act for you go on doing so.',
  scopes: ['sessions:write'],
  params: nothing,
  query: nothing,
  body: noBody,
  status: 204,
  answer: noContent,
  handle: async ({ actor }, { endOtherSessions }) => {
    await endOtherSessions.execute({ actor, userId: personAmong(actor).id, except: null });
  },
});

const endSession = operation({
  id: 'endSession',
  method: 'DELETE',
  path: '/sessions/{session_id}',
  tag,
  summary: 'Sign out of one browser',
  scopes: ['sessions:write'],
  params: sessionParams,
  query: nothing,
  body: noBody,
  status: 204,
  answer: noContent,
  handle: ({ actor, params }, { endSession }) => endSession.execute({ actor, user: { id: personAmong(actor).id }, sessionId: params.session_id }),
});

const listSessionsOfUser = operation({
  ...forAdmins,
  id: 'listSessionsOfUser',
  method: 'GET',
  path: '/users/{user_id}/sessions',
  summary: 'List the browsers in which a person is signed in',
  params: userParams,
  query: pageQuery,
  body: noBody,
  status: 200,
  answer: sessionPage,
  paged: true,
  handle: async ({ actor, params, page }, { listSessions }) =>
    onTheWire(await listSessions.execute({ actor, user: { id: params.user_id }, page }), sessionOnTheWire),
});

const endSessionsOfUser = operation({
  ...forAdmins,
  id: 'endSessionsOfUser',
  method: 'DELETE',
  path: '/users/{user_id}/sessions',
  summary: 'Sign a person out everywhere',
  description: 'They can sign in again, and apps that act for them go on doing so.',
  params: userParams,
  query: nothing,
  body: noBody,
  status: 204,
  answer: noContent,
  handle: async ({ actor, params }, { showUser, endOtherSessions }) => {
    const { id } = await showUser.execute({ id: params.user_id });
    await endOtherSessions.execute({ actor, userId: id, except: null });
  },
});

export const sessionOperations = [listSessions, endSessions, endSession, listSessionsOfUser, endSessionsOfUser];

function sessionOnTheWire({ id, browser, from, method, createdAt, authenticatedAt, lastSeenAt, expiresAt }: Session): z.output<typeof sessionSchema> {
  const moments = { created_at: momentText(createdAt), authenticated_at: momentText(authenticatedAt), last_seen_at: momentText(lastSeenAt) };
  return { id, browser, address: from, method, ...moments, expires_at: momentText(expiresAt) };
}
