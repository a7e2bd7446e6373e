import { z } from 'zod';
import type { Grant } from '../../../domain/authorization/grant.js';
import { clientIdOut, clientParams } from '../clients/client-params.js';
import { noBody, noContent, nothing, operation } from '../operation.js';
import { onTheWire, pageOf, pageQuery } from '../paging.js';
import { momentOut, momentText, momentTextOrNull } from '../wire.js';

const tag = 'Grants';

const grantSchema = z
  .object({
    id: z.string(),
    client_id: clientIdOut,
    user_id: z.string().meta({ description: 'The person who gave it.' }),
    scope: z.string().meta({ description: 'What was given.' }),
    created_at: momentOut,
    expires_at: momentOut.nullable().meta({ description: 'The end that the person chose; `null` until they end it.' }),
    last_used_at: momentOut.nullable().meta({ description: 'When one of its tokens was last accepted, learned some seconds after the fact; `null`: never.' }),
    used_scope: z.string().meta({ description: 'Which of its scopes were needed so far.' }),
  })
  .meta({ id: 'Grant', description: 'One authorization that a person gave a client; every token for that person descends from one.' });

const listGrantsOfClient = operation({
  id: 'listGrantsOfClient',
  method: 'GET',
  path: '/clients/{client_id}/grants',
  tag,
  summary: 'List the live grants of a client, newest first',
  scopes: ['clients:read', 'grants:read'],
  params: clientParams,
  query: pageQuery,
  body: noBody,
  status: 200,
  answer: pageOf('GrantPage', grantSchema),
  paged: true,
  handle: async ({ actor, params, page }, { listGrantsOfClient }) =>
    onTheWire(await listGrantsOfClient.execute({ actor, clientId: params.client_id, page }), grantOnTheWire),
});

const revokeGrant = operation({
  id: 'revokeGrant',
  method: 'DELETE',
  path: '/grants/{grant_id}',
  tag,
  summary: 'End a grant and every token that descends from it',
  description:
    'One that you gave, one that somebody gave a client of yours, or any for an administrator. The person is asked before the client is given another, unless you end what somebody else gave a client that you own, administrator or not. Ending it again does no harm.',
  scopes: ['grants:write'],
  params: z.strictObject({ grant_id: z.string() }),
  query: nothing,
  body: noBody,
  status: 204,
  answer: noContent,
  handle: async ({ actor, params }, { revokeGrant }) => {
    await revokeGrant.execute({ actor, grantId: params.grant_id });
  },
});

export const grantOperations = [listGrantsOfClient, revokeGrant];

function grantOnTheWire(grant: Grant): z.output<typeof grantSchema> {
  return {
    id: grant.id,
    client_id: grant.clientId,
    user_id: grant.userId,
    scope: grant.scopes.join(' '),
    created_at: momentText(grant.createdAt),
    expires_at: momentTextOrNull(grant.expiresAt),
    last_used_at: momentTextOrNull(grant.lastUsedAt),
    used_scope: grant.usedScopes.join(' '),
  };
}
