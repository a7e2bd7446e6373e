import { z } from 'zod';
import { noBody, noContent, nothing, operation } from '../operation.js';
import { newSecretSchema, secretListSchema, secretPointers, secretSchema } from '../secrets/secret-schema.js';
import { chosenSecretFrom, newSecretOnTheWire, secretsOnTheWire } from '../secrets/secret-wire.js';
import { resourceServerParams } from './resource-server-schema.js';

const forAdmins = { tag: 'Resource servers', scopes: ['admin'], forAdministrators: true } as const;
const path = '/resource-servers/{resource_server_id}/secrets';

const createdSecretSchema = z
  .object({ ...secretSchema.shape, secret: z.string().meta({ description: 'The secret in full, in no other answer.' }) })
  .meta({ id: 'CreatedResourceServerSecret' });

const listResourceServerSecrets = operation({
  ...forAdmins,
  id: 'listResourceServerSecrets',
  method: 'GET',
  path,
  summary: 'List the secrets of a resource server',
  description: 'There are at most 20, so that they come at once.',
  params: resourceServerParams,
  query: nothing,
  body: noBody,
  status: 200,
  answer: secretListSchema,
  handle: async ({ params, now }, { resourceServers }) => {
    const { secrets } = await resourceServers.show.execute({ id: params.resource_server_id });
    return { data: secretsOnTheWire(secrets, now) };
  },
});

const addResourceServerSecret = operation({
  ...forAdmins,
  id: 'addResourceServerSecret',
  method: 'POST',
  path,
  summary: 'Add a secret beside the others',
  description: 'The others go on working. The secret is in this answer and never in another.',
  params: resourceServerParams,
  query: nothing,
  body: newSecretSchema,
  status: 201,
  answer: createdSecretSchema,
  idempotent: true,
  pointers: secretPointers,
  handle: async ({ actor, params, body }, { resourceServers }) => {
    const { secret, plain } = await resourceServers.addSecret.execute({ actor, id: params.resource_server_id, ...chosenSecretFrom(body) });
    return { ...newSecretOnTheWire(secret), secret: plain };
  },
});

const removeResourceServerSecret = operation({
  ...forAdmins,
  id: 'removeResourceServerSecret',
  method: 'DELETE',
  path: `${path}/{secret_id}`,
  summary: 'Remove a secret',
  description: 'It stops working at once; the others go on.',
  params: resourceServerParams.extend({ secret_id: z.string() }),
  query: nothing,
  body: noBody,
  status: 204,
  answer: noContent,
  handle: async ({ actor, params }, { resourceServers }) => {
    await resourceServers.removeSecret.execute({ actor, id: params.resource_server_id, secretId: params.secret_id });
  },
});

export const resourceServerSecretOperations = [listResourceServerSecrets, addResourceServerSecret, removeResourceServerSecret];
