import { noBody, noContent, nothing, operation } from '../operation.js';
import {
  createdResourceServerSchema,
  newResourceServerSchema,
  resourceServerEditSchema,
  resourceServerListSchema,
  resourceServerParams,
  resourceServerSchema,
} from './resource-server-schema.js';
import { resourceServerOnTheWire, resourceServerPointers, resourceServerSettingsFrom } from './resource-server-wire.js';

const forAdmins = { tag: 'Resource servers', scopes: ['admin'], forAdministrators: true } as const;

const listResourceServers = operation({
  ...forAdmins,
  id: 'listResourceServers',
  method: 'GET',
  path: '/resource-servers',
  summary: 'List resource servers, the oldest first',
  description: 'There are few, so that they come at once.',
  params: nothing,
  query: nothing,
  body: noBody,
  status: 200,
  answer: resourceServerListSchema,
  handle: async ({ now }, { resourceServers }) => ({ data: (await resourceServers.list.execute()).map((server) => resourceServerOnTheWire(server, now)) }),
});

const createResourceServer = operation({
  ...forAdmins,
  id: 'createResourceServer',
  method: 'POST',
  path: '/resource-servers',
  summary: 'Register an API that takes tokens of this server',
  description: 'It gets its first secret, which is in this answer and never in another.',
  params: nothing,
  query: nothing,
  body: newResourceServerSchema,
  status: 201,
  answer: createdResourceServerSchema,
  idempotent: true,
  location: ({ resource_server_id }) => `/resource-servers/${resource_server_id}`,
  pointers: resourceServerPointers,
  handle: async ({ actor, now, body: { identifier, ...settings } }, { resourceServers }) => {
    const { server, secret } = await resourceServers.register.execute({ actor, identifier, settings: resourceServerSettingsFrom(settings) });
    return { ...resourceServerOnTheWire(server, now), secret };
  },
});

const showResourceServer = operation({
  ...forAdmins,
  id: 'showResourceServer',
  method: 'GET',
  path: '/resource-servers/{resource_server_id}',
  summary: 'Show a resource server',
  params: resourceServerParams,
  query: nothing,
  body: noBody,
  status: 200,
  answer: resourceServerSchema,
  handle: async ({ params, now }, { resourceServers }) => resourceServerOnTheWire(await resourceServers.show.execute({ id: params.resource_server_id }), now),
});

const editResourceServer = operation({
  ...forAdmins,
  id: 'editResourceServer',
  method: 'PATCH',
  path: '/resource-servers/{resource_server_id}',
  summary: 'Change the settings of a resource server',
  description: 'All of them are checked again; when one cannot be saved, nothing is. Tokens that were issued stay what they are.',
  params: resourceServerParams,
  query: nothing,
  body: resourceServerEditSchema,
  mediaType: 'application/merge-patch+json',
  status: 200,
  answer: resourceServerSchema,
  pointers: resourceServerPointers,
  handle: async ({ actor, params, now, body: { version, ...changes } }, { resourceServers }) => {
    const edit = { actor, id: params.resource_server_id, changes: resourceServerSettingsFrom(changes), version };
    return resourceServerOnTheWire(await resourceServers.edit.execute(edit), now);
  },
});

const deleteResourceServer = operation({
  ...forAdmins,
  id: 'deleteResourceServer',
  method: 'DELETE',
  path: '/resource-servers/{resource_server_id}',
  summary: 'Remove a resource server',
  description: 'Its secrets and scopes go, so that it can ask about tokens no more. Tokens that were made for it stay good until they expire or are revoked.',
  params: resourceServerParams,
  query: nothing,
  body: noBody,
  status: 204,
  answer: noContent,
  handle: ({ actor, params }, { resourceServers }) => resourceServers.remove.execute({ actor, id: params.resource_server_id }),
});

export const resourceServerOperations = [listResourceServers, createResourceServer, showResourceServer, editResourceServer, deleteResourceServer];
