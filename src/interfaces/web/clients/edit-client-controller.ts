import { mustBeRegisteredHere } from '../../../application/clients/registered-here.js';
import type { Client } from '../../../domain/clients/client.js';
import { InvalidInput, Outdated, type Problem } from '../../../domain/errors.js';
import { clientPath } from '../../client-path.js';
import { changedMeanwhile, versionOf } from '../edit-version.js';
import type { PersonRoutes } from '../person-routes.js';
import { ClientFormPage } from '../views/clients/client-form-page.js';
import { readableName } from '../views/readable-name.js';
import type { Visit } from '../visit.js';
import { type ClientForm, formOfSettings, typedForm } from './client-form.js';
import type { ClientPages } from './client-pages.js';
import { clientsList } from './clients-list.js';
import { settingsOfForm } from './form-settings.js';

/** `/clients/{id}/edit`: the settings of a client, every one checked again when they are saved. */
export function editClientController(routes: PersonRoutes, { showClient, editClient, knownScopes, usual }: ClientPages): void {
  const show = async (visit: Visit, client: Client, form: ClientForm, problems: readonly Problem[] = []) => {
    const view = ClientFormPage({
      frame: visit.frame(clientsList(visit.person, client).section),
      title: `Edit ${readableName(client.name)}`,
      action: `${clientPath(client.id)}/edit`,
      submit: 'Save',
      version: client.version,
      back: { href: clientPath(client.id), text: readableName(client.name) },
      house: visit.person.admin ? 'edit' : 'none',
      ...{ form, problems, catalogue: await knownScopes.all(), usual },
    });
    return visit.show(view, { status: problems.length > 0 ? 422 : 200 });
  };

  const editable = async (visit: Visit) => {
    const client = await showClient.execute({ actor: visit.person, clientId: visit.part('clientId') });
    mustBeRegisteredHere(client, 'edited');
    return client;
  };

  routes.get('/clients/:clientId/edit', async (visit) => {
    const client = await editable(visit);
    return show(visit, client, formOfSettings(client));
  });

  routes.post('/clients/:clientId/edit', async (visit) => {
    const client = await editable(visit);
    const form = typedForm(visit.form(), []);
    try {
      await editClient.execute({ actor: visit.person, clientId: client.id, changes: settingsOfForm(form), version: versionOf(visit.form()) });
      return visit.goTo(`${clientPath(client.id)}?done=saved`);
    } catch (error) {
      if (error instanceof Outdated) return show(visit, client, form, [changedMeanwhile('app')]);
      if (error instanceof InvalidInput) return show(visit, client, form, error.problems);
      throw error;
    }
  });
}
