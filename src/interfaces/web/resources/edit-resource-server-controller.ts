import { InvalidInput, Outdated, type Problem } from '../../../domain/errors.js';
import type { ResourceServer } from '../../../domain/resources/resource-server.js';
import { changedMeanwhile, versionOf } from '../edit-version.js';
import type { AdministratorRoutes } from '../person-routes.js';
import { readableName } from '../views/readable-name.js';
import { ResourceServerFormPage } from '../views/resources/resource-server-form-page.js';
import type { Visit } from '../visit.js';
import { formOfResourceServer, type ResourceServerForm, settingsOfResourceServerForm, typedResourceServerForm } from './resource-server-form.js';
import { resourceServersPath as path, type ResourceServerPages } from './resource-server-pages.js';

/** `/admin/resource-servers/{id}/edit`: every setting but the identifier, which tokens carry. */
export function editResourceServerController(routes: AdministratorRoutes, { resourceServers }: ResourceServerPages): void {
  const show = (visit: Visit, server: ResourceServer, form: ResourceServerForm, problems: readonly Problem[] = []) => {
    const name = readableName(server.name);
    const view = ResourceServerFormPage({
      frame: visit.frame('resource-servers'),
      title: `Edit ${name}`,
      action: `${path}/${server.id}/edit`,
      submit: 'Save',
      version: server.version,
      back: { href: `${path}/${server.id}`, text: name },
      ...{ form, problems },
    });
    return visit.show(view, { status: problems.length > 0 ? 422 : 200 });
  };

  routes.get(`${path}/:serverId/edit`, async (visit) => {
    const server = await resourceServers.show.execute({ id: visit.part('serverId') });
    return show(visit, server, formOfResourceServer(server));
  });

  routes.post(`${path}/:serverId/edit`, async (visit) => {
    const server = await resourceServers.show.execute({ id: visit.part('serverId') });
    const form = typedResourceServerForm(visit.form());
    try {
      await resourceServers.edit.execute({ actor: visit.person, id: server.id, changes: settingsOfResourceServerForm(form), version: versionOf(visit.form()) });
      return visit.goTo(`${path}/${server.id}?done=saved`);
    } catch (error) {
      if (error instanceof Outdated) return show(visit, server, form, [changedMeanwhile('API')]);
      if (error instanceof InvalidInput) return show(visit, server, form, error.problems);
      throw error;
    }
  });
}
