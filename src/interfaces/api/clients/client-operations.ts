import { z } from 'zod';
import { clientPath } from '../../client-path.js';
import { noBody, noContent, nothing, operation } from '../operation.js';
import { onTheWire, pageOf, pageQuery } from '../paging.js';
import { momentText } from '../wire.js';
import { clientParams } from './client-params.js';
import { clientEditSchema, clientSchema, createdClientSchema, newClientSchema, reachSchema, revokedTokensSchema } from './client-schema.js';
import { clientOnTheWire, clientPointers, settingsFrom } from './client-wire.js';

const tag = 'Clients';

/** Where the problem of a client that introduces itself points: to the whole, for no member of a body is at fault. */
const wholeClient = { id: '' };

const listClients = operation({
  id: 'listClients',
  method: 'GET',
  path: '/clients',
  tag,
  summary: 'List clients, newest first',
  description: "Your own; for an administrator everybody's and nobody's.",
  scopes: ['clients:read'],
  params: nothing,
  query: pageQuery.extend({ owner_id: z.string().optional().meta({ description: "For administrators: only this person's." }) }),
  body: noBody,
  status: 200,
  answer: pageOf('ClientPage', clientSchema),
  paged: true,
  handle: async ({ actor, query, page, now }, { listClients }) => {
    const owner = query.owner_id === undefined ? undefined : { id: query.owner_id };
    return onTheWire(await listClients.execute({ actor, owner, page }), (client) => clientOnTheWire(client, now));
  },
});

const createClient = operation({
  id: 'createClient',
  method: 'POST',
  path: '/clients',
  tag,
  summary: 'Register a client',
  description: 'A confidential one gets its first secret, which is in this answer and never in another.',
  scopes: ['clients:write'],
  params: nothing,
  query: nothing,
  body: newClientSchema,
  status: 201,
  answer: createdClientSchema,
  idempotent: true,
  location: ({ client_id }) => clientPath(client_id),
  pointers: { ...clientPointers, owner: '/owner_id' },
  handle: async ({ actor, now, body: { owner_id, ...settings } }, { createClient }) => {
    const owner = owner_id === undefined ? undefined : owner_id === null ? 'nobody' : { id: owner_id };
    const { client, secret } = await createClient.execute({ actor, settings: settingsFrom(settings), owner });
    return { ...clientOnTheWire(client, now), client_secret: secret };
  },
});

const showClient = operation({
  id: 'showClient',
  method: 'GET',
  path: '/clients/{client_id}',
  tag,
  summary: 'Show a client',
  scopes: ['clients:read'],
  params: clientParams,
  query: nothing,
  body: noBody,
  status: 200,
  answer: clientSchema,
  handle: async ({ actor, params, now }, { showClient }) => clientOnTheWire(await showClient.execute({ actor, clientId: params.client_id }), now),
});

const editClient = operation({
  id: 'editClient',
  method: 'PATCH',
  path: '/clients/{client_id}',
  tag,
  summary: 'Change the settings of a client',
  description:
    'All of them are checked again; when one cannot be saved, nothing is. One that describes or registered itself cannot be changed here (422): it says what it is.',
  scopes: ['clients:write'],
  params: clientParams,
  query: nothing,
  body: clientEditSchema,
  mediaType: 'application/merge-patch+json',
  status: 200,
  answer: clientSchema,
  pointers: { ...clientPointers, ...wholeClient },
  handle: async ({ actor, params, body: { version, ...changes }, now }, { editClient }) =>
    clientOnTheWire(await editClient.execute({ actor, clientId: params.client_id, changes: settingsFrom(changes), version }), now),
});

const clientReach = operation({
  id: 'clientReach',
  method: 'GET',
  path: '/clients/{client_id}/reach',
  tag,
  summary: 'Count whom ending all access of a client, or deleting it, would concern',
  scopes: ['clients:read'],
  params: clientParams,
  query: nothing,
  body: noBody,
  status: 200,
  answer: reachSchema,
  handle: ({ actor, params }, { clientReach }) => clientReach.execute({ actor, clientId: params.client_id }),
});

const deleteClient = operation({
  id: 'deleteClient',
  method: 'DELETE',
  path: '/clients/{client_id}',
  tag,
  summary: 'Delete a client',
  description:
    'Its secrets go, and every grant and token that it holds ends at once. One that describes or registered itself cannot be deleted (422): it would be back with the next person who allows it. Switch it off instead.',
  scopes: ['clients:write'],
  params: clientParams,
  query: nothing,
  body: noBody,
  status: 204,
  answer: noContent,
  pointers: wholeClient,
  handle: ({ actor, params }, { deleteClient }) => deleteClient.execute({ actor, clientId: params.client_id }),
});

const revokeClientTokens = operation({
  id: 'revokeClientTokens',
  method: 'POST',
  path: '/clients/{client_id}/revoke-tokens',
  tag,
  summary: 'End every token that a client holds',
  description:
    'Every grant that people gave it, and all that it obtained for itself (`client_credentials`), at once and for good. The client and its secrets stay: a new token is good. People are asked again before the client is given anything of theirs, unless you own it: then, administrator or not, it may connect again without asking those who agreed before. Where a secret is known to others, remove it first. After a 503 a part may have ended: ask again.',
  scopes: ['clients:write', 'grants:write'],
  params: clientParams,
  query: nothing,
  body: noBody,
  status: 200,
  answer: revokedTokensSchema,
  handle: async ({ actor, params }, { revokeClientTokens }) => {
    const { grants, ownTokensRevokedAt } = await revokeClientTokens.execute({ actor, clientId: params.client_id });
    return { grants, own_tokens_revoked_at: momentText(ownTokensRevokedAt) };
  },
});

/** Both switches, alike but for the direction. */
const switches = (
  [
    ['disable', 'Switch a client off'],
    ['enable', 'Switch a client on again'],
  ] as const
).map(([verb, summary]) =>
  operation({
    id: `${verb}Client`,
    method: 'POST',
    path: `/clients/{client_id}/${verb}`,
    tag,
    summary,
    description:
      verb === 'disable'
        ? 'It gets no tokens and those it has are refused. Nothing is ended: enabling it brings all back.'
        : 'What people gave it works again. What an administrator switched off, only an administrator switches on.',
    scopes: ['clients:write'],
    params: clientParams,
    query: nothing,
    body: noBody,
    status: 200,
    answer: clientSchema,
    // No member of a body is at fault: the whole of it is.
    pointers: { disabled: '' },
    handle: async ({ actor, params, now }, { setClientDisabled }) =>
      clientOnTheWire(await setClientDisabled.execute({ actor, clientId: params.client_id, disabled: verb === 'disable' }), now),
  }),
);

export const clientOperations = [listClients, createClient, showClient, editClient, clientReach, deleteClient, revokeClientTokens, ...switches];
