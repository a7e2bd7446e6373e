import { z } from 'zod';
import type { Connection } from '../../../domain/authorization/connection.js';
import { clientIdOut, clientParams } from '../clients/client-params.js';
import { noBody, noContent, nothing, operation } from '../operation.js';
import { onTheWire, pageOf, pageQuery } from '../paging.js';
import { personAmong } from '../person-among.js';
import { momentOut, momentText, momentTextOrNull } from '../wire.js';

const tag = 'Connected apps';

const connectedAppSchema = z
  .object({
    client_id: clientIdOut,
    client_name: z.string(),
    description: z.string().nullable(),
    client_uri: z.string().nullable(),
    logo_uri: z.string().nullable(),
    disabled_at: momentOut.nullable().meta({ description: 'Since when the app is switched off here; `null` while it works.' }),
    active: z.boolean().meta({
      description: 'Whether it acts for you; `false`: it does not, but what you agreed to is remembered, so that it may connect again without asking you.',
    }),
    scope: z.string().meta({ description: 'What it may do for you, or what you agreed to.' }),
    since: momentOut.meta({ description: 'Since when you allow it to act for you, or when you last agreed.' }),
    expires_at: momentOut.nullable().meta({ description: 'When it ends, or what you agreed to is forgotten, by itself; `null` until you end it.' }),
    last_used_at: momentOut.nullable().meta({ description: 'When it last acted for you, learned some seconds after the fact; `null`: never.' }),
    used_scope: z.string().meta({ description: 'What it needed so far.' }),
  })
  .meta({
    id: 'ConnectedApp',
    description: 'An app that acts for you, or may again without asking: all your live grants for one client, seen as one, or what you agreed to.',
  });

const listConnectedApps = operation({
  id: 'listConnectedApps',
  method: 'GET',
  path: '/connected-apps',
  tag,
  summary: 'List the apps that act for you, or may again without asking',
  description:
    'Those that act come first, on all pages, and then those of which only what you agreed to is remembered. An app that stays the one or the other while you go through the pages is on exactly one of them.',
  scopes: ['grants:read'],
  params: nothing,
  query: pageQuery,
  body: noBody,
  status: 200,
  answer: pageOf('ConnectedAppPage', connectedAppSchema),
  paged: true,
  handle: async ({ actor, page }, { listConnectedApps }) =>
    onTheWire(await listConnectedApps.execute({ actor: personAmong(actor), page }), connectionOnTheWire),
});

const showConnectedApp = operation({
  id: 'showConnectedApp',
  method: 'GET',
  path: '/connected-apps/{client_id}',
  tag,
  summary: 'Show an app that acts for you, or may again without asking',
  scopes: ['grants:read'],
  params: clientParams,
  query: nothing,
  body: noBody,
  status: 200,
  answer: connectedAppSchema,
  handle: async ({ actor, params }, { showConnectedApp }) =>
    connectionOnTheWire(await showConnectedApp.execute({ actor: personAmong(actor), clientId: params.client_id })),
});

const disconnectApp = operation({
  id: 'disconnectApp',
  method: 'DELETE',
  path: '/connected-apps/{client_id}',
  tag,
  summary: 'Disconnect an app',
  description:
    'Every token that it has for you ends at once, and what you agreed to is forgotten, so that you are asked before it connects again. Doing it again does no harm.',
  scopes: ['grants:write'],
  params: clientParams,
  query: nothing,
  body: noBody,
  status: 204,
  answer: noContent,
  handle: async ({ actor, params }, { disconnectApp }) => {
    await disconnectApp.execute({ actor: personAmong(actor), clientId: params.client_id });
  },
});

export const connectedAppOperations = [listConnectedApps, showConnectedApp, disconnectApp];

function connectionOnTheWire({ client, live, scopes, since, expiresAt, lastUsedAt, usedScopes }: Connection): z.output<typeof connectedAppSchema> {
  return {
    client_id: client.id,
    client_name: client.name,
    description: client.description,
    client_uri: client.homepageUri,
    logo_uri: client.logoUri,
    disabled_at: momentTextOrNull(client.disabledAt),
    active: live,
    scope: scopes.join(' '),
    since: momentText(since),
    expires_at: momentTextOrNull(expiresAt),
    last_used_at: momentTextOrNull(lastUsedAt),
    used_scope: usedScopes.join(' '),
  };
}
