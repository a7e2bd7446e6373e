import type { User } from '../../../../domain/people/user.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';

export function DisablePersonPage({ frame, user: { id, email } }: { frame: PersonFrame; user: User }) {
  return (
    <ConfirmPage
      frame={frame}
      title="Disable this person?"
      text={
        <>
          <bdi class="host">{email}</bdi> is signed out everywhere and cannot sign in, and every app that acts for them is disconnected.
        </>
      }
      warning="Enabling them later lets them sign in again, but does not reconnect their apps."
      action={`/admin/users/${id}/disable`}
      submit="Disable the person"
      cancelHref="/admin/users"
    />
  );
}
