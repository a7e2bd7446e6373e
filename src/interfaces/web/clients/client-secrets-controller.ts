import { presetOfClient } from '../../../application/clients/preset-of-client.js';
import { presets } from '../../../application/clients/presets.js';
import { recipeForClient } from '../../../application/clients/recipe-for-client.js';
import { unreachableIssuer } from '../../../application/clients/unreachable-issuer.js';
import type { Client } from '../../../domain/clients/client.js';
import type { PersonRoutes } from '../person-routes.js';
import { secretRoutes } from '../secrets/secret-routes.js';
import { ClientMadePage } from '../views/clients/client-made-page.js';
import { holderOf } from '../views/clients/holder-of.js';
import type { ClientPages } from './client-pages.js';
import { clientsList } from './clients-list.js';

/** `/clients/{id}/secrets`. */
export function clientSecretsController(routes: PersonRoutes, { idempotently, showClient, addSecret, removeSecret, issuer, clock }: ClientPages): void {
  secretRoutes<Client>(
    routes,
    { idempotently, clock },
    {
      path: '/clients/:clientId',
      find: (visit) => showClient.execute({ actor: visit.person, clientId: visit.part('clientId') }),
      view: (client, { person }) => ({ ...holderOf(client), section: clientsList(person, client).section, mayHaveMore: client.type === 'confidential' }),
      add: async ({ id }, { person }, chosen) => (await addSecret.execute({ actor: person, clientId: id, ...chosen })).plain,
      made: (client, visit, secret) => {
        const preset = presetOfClient(presets, client);
        const lines = preset ? recipeForClient(preset, client, issuer, secret) : [];
        const unreachable = preset && unreachableIssuer(preset, issuer);
        const frame = visit.frame(clientsList(visit.person, client).section);
        return ClientMadePage({ frame, title: 'Your secret is ready', client, secret, preset, lines, unreachable });
      },
      remove: ({ id }, { person }, secretId) => removeSecret.execute({ actor: person, clientId: id, secretId }),
    },
  );
}
