import { InvalidInput, type Problem } from '../../../domain/errors.js';
import { onlyOnce } from '../only-once.js';
import type { AdministratorRoutes } from '../person-routes.js';
import { ResourceServerFormPage } from '../views/resources/resource-server-form-page.js';
import { ResourceServerMadePage } from '../views/resources/resource-server-made-page.js';
import type { Visit } from '../visit.js';
import { emptyResourceServerForm, type ResourceServerForm, settingsOfResourceServerForm, typedResourceServerForm } from './resource-server-form.js';
import { resourceServersPath as path, type ResourceServerPages } from './resource-server-pages.js';

/** `/admin/resource-servers/new`: its form, then its credentials. */
export function createResourceServerController(routes: AdministratorRoutes, { resourceServers, idempotently, issuer }: ResourceServerPages): void {
  const show = (visit: Visit, form: ResourceServerForm, problems: readonly Problem[] = []) => {
    const view = ResourceServerFormPage({
      frame: visit.frame('resource-servers'),
      title: 'New API',
      action: `${path}/new`,
      submit: 'Register the API',
      once: visit.onceName(),
      back: { href: path, text: 'APIs' },
      ...{ form, problems },
    });
    return visit.show(view, { status: problems.length > 0 ? 422 : 200 });
  };

  routes.get(`${path}/new`, async (visit) => show(visit, emptyResourceServerForm));

  routes.post(`${path}/new`, async (visit) => {
    const form = typedResourceServerForm(visit.form());
    const settings = settingsOfResourceServerForm(form);
    try {
      const made = await onlyOnce(idempotently, visit, form, async () => {
        const { server, secret } = await resourceServers.register.execute({ actor: visit.person, identifier: form.identifier, settings });
        return { server: { id: server.id, identifier: server.identifier, name: server.name }, secret };
      });
      const view = ResourceServerMadePage({ frame: visit.frame('resource-servers'), title: 'The API is registered', issuer, ...made });
      return visit.show(view, { script: true });
    } catch (error) {
      if (error instanceof InvalidInput) return show(visit, form, error.problems);
      throw error;
    }
  });
}
