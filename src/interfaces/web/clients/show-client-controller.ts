import { owns } from '../../../application/clients/actor.js';
import type { Preset } from '../../../application/clients/preset.js';
import { presetOfClient } from '../../../application/clients/preset-of-client.js';
import { presets } from '../../../application/clients/presets.js';
import { recipeForClient } from '../../../application/clients/recipe-for-client.js';
import { mustBeRegisteredHere } from '../../../application/clients/registered-here.js';
import { unreachableIssuer } from '../../../application/clients/unreachable-issuer.js';
import type { Client } from '../../../domain/clients/client.js';
import { NotFound } from '../../../domain/errors.js';
import { doneWords } from '../done-words.js';
import type { PersonRoutes } from '../person-routes.js';
import { clientDone } from '../views/clients/client-done.js';
import { ClientPage } from '../views/clients/client-page.js';
import { RecipePage } from '../views/clients/recipe-page.js';
import { clientDoneWords } from './client-done-words.js';
import type { ClientPages } from './client-pages.js';
import { clientsList } from './clients-list.js';

/** `/clients/{id}`: one client, and what to paste elsewhere to connect it. */
export function showClientController(routes: PersonRoutes, { showClient, issuer, knownScopes, usual, clock }: ClientPages): void {
  routes.get('/clients/:clientId', async (visit) => {
    const client = await showClient.execute({ actor: visit.person, clientId: visit.part('clientId') });
    const done = visit.query.one('done');
    const { section, ...back } = clientsList(visit.person, client);
    const props = {
      client,
      catalogue: await knownScopes.all(),
      usual,
      back,
      viewerId: visit.person.id,
      heldByHouse: client.disabledAt !== null && client.disabledBy !== 'owner' && !visit.person.admin,
      now: clock.now(),
      preset: presetOfClient(presets, client),
      done: clientDone(done, client, owns(visit.person, client)) ?? doneWords(clientDoneWords, done),
    };
    return visit.show(ClientPage({ frame: visit.frame(section), ...props }), { script: true });
  });

  routes.get('/clients/:clientId/recipe', async (visit) => {
    const client = await showClient.execute({ actor: visit.person, clientId: visit.part('clientId') });
    mustBeRegisteredHere(client, 'connected');
    const fitting = presets.filter(({ settings }) => settings.type === client.type && settings.grantTypes?.every((type) => client.grantTypes.includes(type)));
    const named = visit.query.one('for');
    const preset = named === null ? usualPreset(client, fitting) : fitting.find(({ id }) => id === named);
    if (!preset) throw new NotFound('preset');
    const others = fitting.filter((other) => other !== preset);
    const view = RecipePage({
      frame: visit.frame(clientsList(visit.person, client).section),
      client,
      preset,
      lines: recipeForClient(preset, client, issuer, null),
      unreachable: unreachableIssuer(preset, issuer),
      others,
    });
    return visit.show(view, { script: true });
  });
}

function usualPreset(client: Client, fitting: readonly Preset[]): Preset | undefined {
  return presetOfClient(fitting, client) ?? fitting[0] ?? presets[0];
}
