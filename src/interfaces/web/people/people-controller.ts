import { InvalidInput, InvalidRequest } from '../../../domain/errors.js';
import { doneWords } from '../done-words.js';
import type { AdministratorRoutes } from '../person-routes.js';
import { DeletePersonPage } from '../views/people/delete-person-page.js';
import { DisablePersonPage } from '../views/people/disable-person-page.js';
import { NewPersonPage } from '../views/people/new-person-page.js';
import { PeoplePage } from '../views/people/people-page.js';
import type { PeoplePages } from './people-pages.js';

const path = '/admin/users';
const words: Readonly<Record<string, string>> = {
  created: 'The person can now sign in.',
  disabled: 'The person is shut out: signed out everywhere, and nothing acts for them any more, their apps are switched off.',
  enabled: 'The person can sign in again, and the apps that were switched off with them work again.',
  deleted: 'The person is deleted, with everything that was theirs.',
};

/** `/admin/users`: who can sign in here. */
export function peopleController(
  routes: AdministratorRoutes,
  { listUsers, showUser, createUser, disableUser, deleteUser, enableUser, listClients, cursor, localAccounts }: PeoplePages,
): void {
  routes.get(path, async (visit) => {
    const { person, query } = visit;
    const view = { list: 'people', person };
    const page = cursor.page(view, query.one('after'));
    const { items, next } = await listUsers.execute(page);
    const links = cursor.links(view, path, page, next);
    const addHref = localAccounts ? `${path}/new` : null;
    const done = doneWords(words, query.one('done'));
    return visit.show(PeoplePage({ frame: visit.frame('people'), people: items, self: person.id, addHref, ...links, done }));
  });

  if (localAccounts) addPeople(routes, createUser);

  routes.get(`${path}/:userId/disable`, async (visit) => {
    return visit.show(DisablePersonPage({ frame: visit.frame('people'), user: await showUser.execute({ id: visit.part('userId') }) }));
  });

  routes.post(`${path}/:userId/disable`, async (visit) => {
    if (visit.part('userId') === visit.person.id) throw new InvalidRequest('you cannot disable yourself');
    await disableUser.execute({ actor: visit.person, user: { id: visit.part('userId') }, sparing: 'last_administrator' });
    return visit.goTo(`${path}?done=disabled`);
  });

  routes.get(`${path}/:userId/delete`, async (visit) => {
    const user = await showUser.execute({ id: visit.part('userId') });
    const { items, next } = await listClients.execute({ actor: visit.person, owner: { id: user.id }, page: { limit: 20 } });
    return visit.show(DeletePersonPage({ frame: visit.frame('people'), user, clients: items, more: next !== null }));
  });

  routes.post(`${path}/:userId/delete`, async (visit) => {
    if (visit.part('userId') === visit.person.id) throw new InvalidRequest('you cannot delete yourself');
    await deleteUser.execute({ actor: visit.person, user: { id: visit.part('userId') }, reason: 'revoked_by_operator', sparing: 'last_administrator' });
    return visit.goTo(`${path}?done=deleted`);
  });

  routes.post(`${path}/:userId/enable`, async (visit) => {
    await enableUser.execute({ actor: visit.person, user: { id: visit.part('userId') } });
    return visit.goTo(`${path}?done=enabled`);
  });
  // Where somebody lands who had to sign in first, or whose form was too old.
  routes.get(`${path}/:userId/enable`, async (visit) => visit.goTo(path));
}

/** Adding people, each with a password that is kept here. */
function addPeople(routes: AdministratorRoutes, createUser: PeoplePages['createUser']): void {
  routes.get(`${path}/new`, async (visit) => {
    return visit.show(NewPersonPage({ frame: visit.frame('people'), form: { email: '', username: '', admin: false }, problems: [] }));
  });

  routes.post(`${path}/new`, async (visit) => {
    const posted = visit.form();
    const form = { email: posted.one('email') ?? '', username: posted.one('username') ?? '', admin: posted.one('admin') === 'yes' };
    try {
      await createUser.execute({ actor: visit.person, ...form, username: form.username || undefined, password: posted.one('password') ?? '' });
      return visit.goTo(`${path}?done=created`);
    } catch (error) {
      if (error instanceof InvalidInput) return visit.show(NewPersonPage({ frame: visit.frame('people'), form, problems: error.problems }), { status: 422 });
      throw error;
    }
  });
}
