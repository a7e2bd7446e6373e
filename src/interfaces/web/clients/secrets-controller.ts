import { presetOfClient } from '../../../application/clients/preset-of-client.js';
import { presets } from '../../../application/clients/presets.js';
import { recipeForClient } from '../../../application/clients/recipe-for-client.js';
import { InvalidInput, NotFound } from '../../../domain/errors.js';
import { secretAdvice } from '../../../domain/secret-advice.js';
import { onlyOnce } from '../only-once.js';
import type { PersonRoutes } from '../person-routes.js';
import { ClientMadePage } from '../views/clients/client-made-page.js';
import { NewSecretPage } from '../views/clients/new-secret-page.js';
import { RemoveSecretPage } from '../views/clients/remove-secret-page.js';
import type { ClientPages } from './client-pages.js';
import { clientsList } from './clients-list.js';
import { endOfDay } from './end-of-day.js';

/** `/clients/{id}/secrets`: adding one beside the others, and removing one. */
export function secretsController(routes: PersonRoutes, { idempotently, showClient, addSecret, removeSecret, issuer, clock }: ClientPages): void {
  routes.get('/clients/:clientId/secrets/new', async (visit) => {
    const client = await showClient.execute({ actor: visit.person, clientId: visit.part('clientId') });
    if (client.type === 'public') throw new NotFound('secrets');
    return visit.show(
      NewSecretPage({
        frame: visit.frame(clientsList(visit.person, client).section),
        client,
        form: { label: '', expiresAt: '' },
        problems: [],
        once: visit.onceName(),
      }),
    );
  });

  routes.post('/clients/:clientId/secrets/new', async (visit) => {
    const client = await showClient.execute({ actor: visit.person, clientId: visit.part('clientId') });
    const posted = visit.form();
    const form = { label: posted.one('label') ?? '', expiresAt: posted.one('expiresAt') ?? '' };
    const frame = visit.frame(clientsList(visit.person, client).section);
    try {
      const plain = await onlyOnce(
        idempotently,
        visit,
        form,
        async () => (await addSecret.execute({ actor: visit.person, clientId: client.id, label: form.label, expiresAt: endOfDay(form.expiresAt) })).plain,
      );
      const preset = presetOfClient(presets, client);
      const lines = preset ? recipeForClient(preset, client, issuer, plain) : [];
      return visit.show(ClientMadePage({ frame, title: 'Your secret is ready', client, secret: plain, preset, lines }), { script: true });
    } catch (error) {
      if (error instanceof InvalidInput)
        return visit.show(NewSecretPage({ frame, client, form, problems: error.problems, once: visit.onceName() }), { status: 422 });
      throw error;
    }
  });

  routes.get('/clients/:clientId/secrets/:secretId/remove', async (visit) => {
    const client = await showClient.execute({ actor: visit.person, clientId: visit.part('clientId') });
    const secret = client.secrets.find(({ id }) => id === visit.part('secretId'));
    if (!secret) throw new NotFound('secret');
    const now = clock.now();
    const frame = visit.frame(clientsList(visit.person, client).section);
    return visit.show(RemoveSecretPage({ frame, client, secret, advice: secretAdvice(secret, client.secrets, now), now }));
  });

  routes.post('/clients/:clientId/secrets/:secretId/remove', async (visit) => {
    const clientId = visit.part('clientId');
    await removeSecret.execute({ actor: visit.person, clientId, secretId: visit.part('secretId') });
    return visit.goTo(`/clients/${clientId}?done=secret-removed`);
  });
}
