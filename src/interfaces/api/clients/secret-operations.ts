import { z } from 'zod';
import { noBody, noContent, nothing, operation } from '../operation.js';
import { clientParams } from './client-params.js';
import { createdSecretSchema, newSecretSchema, secretListSchema } from './secret-schema.js';
import { createdSecretOnTheWire, secretsOnTheWire } from './secret-wire.js';

const tag = 'Secrets';

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
  pointers: { label: '/label', expiresAt: '/expires_at' },
  handle: async ({ actor, params, body: { label, expires_at } }, { addSecret }) => {
    const { secret, plain } = await addSecret.execute({ actor, clientId: params.client_id, label, expiresAt: expires_at ? new Date(expires_at) : null });
    return createdSecretOnTheWire(secret, plain);
  },
});

const removeSecret = operation({
  id: 'removeSecret',
  method: 'DELETE',
  path: '/clients/{client_id}/secrets/{secret_id}',
  tag,
  summary: 'Remove a secret',
  description: 'It stops working at once; the others go on.',
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
