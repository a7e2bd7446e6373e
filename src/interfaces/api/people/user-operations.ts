import { z } from 'zod';
import type { User } from '../../../domain/people/user.js';
import { noBody, noContent, nothing, operation } from '../operation.js';
import { onTheWire, pageOf, pageQuery } from '../paging.js';
import { momentOut, momentText, momentTextOrNull } from '../wire.js';

const tag = 'Users';
const forAdmins = { tag, scopes: ['admin'], forAdministrators: true } as const;
const userParams = z.strictObject({ user_id: z.string() });

const userSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    username: z.string().meta({ description: 'What to call the person; need not be unique.' }),
    admin: z.boolean(),
    created_at: momentOut,
    disabled_at: momentOut.nullable().meta({ description: 'Since when the person is shut out; `null` while they are not.' }),
  })
  .meta({ id: 'User', description: 'A person who signs in here.' });

const newUserSchema = z
  .strictObject({
    email: z.string().meta({ examples: ['grace@example.com'] }),
    password: z.string().meta({ description: '8 to 128 characters.', examples: ['correct horse battery staple'] }),
    username: z.string().optional().meta({ description: 'Left out: the part of the e-mail address before the @.' }),
    admin: z.boolean().optional().meta({ description: 'An administrator; left out, not.' }),
  })
  .meta({ id: 'NewUser' });

const listUsers = operation({
  ...forAdmins,
  id: 'listUsers',
  method: 'GET',
  path: '/users',
  summary: 'List people, newest first',
  params: nothing,
  query: pageQuery,
  body: noBody,
  status: 200,
  answer: pageOf('UserPage', userSchema),
  paged: true,
  handle: async ({ page }, { listUsers }) => onTheWire(await listUsers.execute(page), userOnTheWire),
});

const createUser = operation({
  ...forAdmins,
  id: 'createUser',
  method: 'POST',
  path: '/users',
  summary: 'Add a person who can sign in',
  params: nothing,
  query: nothing,
  body: newUserSchema,
  status: 201,
  answer: userSchema,
  idempotent: true,
  location: ({ id }) => `/users/${id}`,
  pointers: { email: '/email', username: '/username', password: '/password' },
  handle: async ({ actor, body }, { createUser }) => userOnTheWire(await createUser.execute({ actor, ...body })),
});

const showUser = operation({
  ...forAdmins,
  id: 'showUser',
  method: 'GET',
  path: '/users/{user_id}',
  summary: 'Show a person',
  params: userParams,
  query: nothing,
  body: noBody,
  status: 200,
  answer: userSchema,
  handle: async ({ params }, { showUser }) => userOnTheWire(await showUser.execute({ id: params.user_id })),
});

const disableUser = operation({
  ...forAdmins,
  id: 'disableUser',
  method: 'POST',
  path: '/users/{user_id}/disable',
  summary: 'Shut a person out',
  description:
    'No sign-in, no session, and nothing that acts for them any more: every grant ends, for good. The apps that are theirs are switched off; an app that others need can be enabled by itself. The last administrator is not disabled.',
  params: userParams,
  query: nothing,
  body: noBody,
  status: 200,
  answer: userSchema,
  handle: async ({ actor, params }, { disableUser }) => {
    const { user } = await disableUser.execute({ actor, user: { id: params.user_id }, sparing: 'last_administrator' });
    return userOnTheWire(user);
  },
});

const deleteUser = operation({
  ...forAdmins,
  id: 'deleteUser',
  method: 'DELETE',
  path: '/users/{user_id}',
  summary: 'Delete a person',
  description:
    'Forgets them and ends everything of theirs: sessions, every grant, and the clients they registered, for everybody. The last administrator is not deleted.',
  params: userParams,
  query: nothing,
  body: noBody,
  status: 204,
  answer: noContent,
  handle: async ({ actor, params }, { deleteUser }) => {
    await deleteUser.execute({ actor, user: { id: params.user_id }, reason: 'revoked_by_operator', sparing: 'last_administrator' });
  },
});

const enableUser = operation({
  ...forAdmins,
  id: 'enableUser',
  method: 'POST',
  path: '/users/{user_id}/enable',
  summary: 'Let a person sign in again',
  description: 'The apps that were switched off with them work again; no grant comes back.',
  params: userParams,
  query: nothing,
  body: noBody,
  status: 200,
  answer: userSchema,
  handle: async ({ actor, params }, { enableUser }) => userOnTheWire((await enableUser.execute({ actor, user: { id: params.user_id } })).user),
});

export const userOperations = [listUsers, createUser, showUser, disableUser, enableUser, deleteUser];

function userOnTheWire({ id, email, username, admin, createdAt, disabledAt }: User): z.output<typeof userSchema> {
  return { id, email, username, admin, created_at: momentText(createdAt), disabled_at: momentTextOrNull(disabledAt) };
}
