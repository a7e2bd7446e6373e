import { UpstreamFailure } from '../../../application/ports/upstream-provider.js';
import type { PersonRoutes } from '../person-routes.js';
import type { UpstreamCookie } from '../providers/upstream-cookie.js';
import { messages } from '../views/messages.js';
import type { AccountPages } from './account-pages.js';

const path = '/account/ways';
const confirmFirst = '/sign-in?again=yes&next=%2Faccount';

/** A person links identities to their account, and takes them away. */
export function waysController(routes: PersonRoutes, cookie: UpstreamCookie, { beginLinking, unlinkIdentity, linkableProviders }: AccountPages): void {
  routes.post(`${path}/link/:provider`, async (visit) => {
    const id = visit.part('provider');
    try {
      const begun = await beginLinking.execute({ user: visit.person, session: visit.session }, id, visit.request.ip);
      if (begun === null) return visit.goTo(confirmFirst);
      cookie.set(visit.reply, begun);
      return visit.goTo(begun.url);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      visit.request.log.warn({ provider: id, fault: error.fault, detail: error.message }, 'linking an identity failed');
      return visit.message(503, messages.notLinked(linkableProviders.find((provider) => provider.id === id)?.name ?? id));
    }
  });

  routes.post(`${path}/unlink`, async (visit) => {
    const form = visit.form();
    const key = { issuer: form.required('issuer'), subject: form.required('subject') };
    const outcome = await unlinkIdentity.execute({ user: visit.person, session: visit.session }, key);
    if (outcome === 'sign_in_first') return visit.goTo(confirmFirst);
    if (outcome === 'last_way') return visit.message(409, messages.lastWay());
    // That it was not there, or is not any more, is what they wanted.
    return visit.goTo('/account?done=unlinked');
  });
  // Where somebody lands who had to sign in first, or whose form was too old.
  routes.get(`${path}/*`, async (visit) => visit.goTo('/account'));
}
