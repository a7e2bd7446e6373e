import type { ChangePassword } from '../../../application/accounts/change-password.js';
import { InvalidInput } from '../../../domain/errors.js';
import type { PersonRoutes } from '../person-routes.js';
import { ChangePasswordPage } from '../views/accounts/change-password-page.js';

const path = '/account/password';

/** `/account/password`: a person changes their own password. */
export function changePasswordController(routes: PersonRoutes, { changePassword }: { readonly changePassword: ChangePassword }): void {
  routes.get(path, async (visit) => visit.show(ChangePasswordPage({ frame: visit.frame('account'), email: visit.person.email, problems: [] })));

  routes.post(path, async (visit) => {
    const form = visit.form();
    const [current, password] = [form.one('current') ?? '', form.one('password') ?? ''];
    try {
      await changePassword.execute({ person: visit.person, session: visit.session.id, current, password });
      return visit.goTo('/account?done=password-changed');
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return visit.show(ChangePasswordPage({ frame: visit.frame('account'), email: visit.person.email, problems: error.problems }), { status: 422 });
    }
  });
}
