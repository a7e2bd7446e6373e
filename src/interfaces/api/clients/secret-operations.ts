import { z } from 'zod';
import { noBody, noContent, nothing, operation } from '../operation.js';
import { newSecretSchema, secretListSchema, secretPointers, secretSchema } from '../secrets/secret-schema.js';
import { chosenSecretFrom, newSecretOnTheWire, secretsOnTheWire } from '../secrets/secret-wire.js';
import { clientParams } from './client-params.js';

const tag = 'Secrets';

const createdSecretSchema = z
  .object({ ...secretSchema.shape, client_secret: z.string().meta({ description: 'The secret in full, in no other answer.' }) })
  .meta({ id: 'CreatedClientSecret' });

const listSecrets = operation({
  id: 'listSecrets',
  method: 'GET',
  path: '/clients/{client_id}/secrets',
  tag,
  summary: 'List the secrets of a client',
  description: 'There are at most 20, so that they come at once.',
  scopes: ['clients:read'],
  params: clientParams,
  query: nothing,
  body: noBody,
  status: 200,
  answer: secretListSchema,
  handle: async ({ actor, params, now }, { showClient }) => {
    const { secrets } = await showClient.execute({ actor, clientId: params.client_id });
    return { data: secretsOnTheWire(secrets, now) };
  },
});

const addSecret = operation({
  id: 'addSecret',
  method: 'POST',
  path: '/clients/{client_id}/secrets',
  tag,
  summary: 'Add a secret beside the others',
  description: 'The others go on working. The secret is in this answer and never in another.',
  scopes: ['clients:write'],
  params: clientParams,
  query: nothing,
  body: newSecretSchema,
  status: 201,
  answer: createdSecretSchema,
  idempotent: true,
  pointers: secretPointers,
  handle: async ({ actor, params, body }, { addSecret }) => {
    const { secret, plain } = await addSecret.execute({ actor, clientId: params.client_id, ...chosenSecretFrom(body) });
    return { ...newSecretOnTheWire(secret), client_secret: plain };
  },
});

const removeSecret = operation({
  id: 'removeSecret',
  method: 'DELETE',
  path: '/clients/{client_id}/secrets/{secret_id}',
  tag,
  summary: 'Remove a secret',
  description: 'It stops working at once; the others go on, and so does every token that was obtained with it: `revokeClientTokens` ends those.',
  scopes: ['clients:write'],
  params: clientParams.extend({ secret_id: z.string() }),
  query: nothing,
  body: noBody,
  status: 204,
  answer: noContent,
  handle: async ({ actor, params }, { removeSecret }) => {
    await removeSecret.execute({ actor, clientId: params.client_id, secretId: params.secret_id });
  },
});

export const secretOperations = [listSecrets, addSecret, removeSecret];
