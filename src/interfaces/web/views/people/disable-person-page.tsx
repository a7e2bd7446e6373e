import type { User } from '../../../../domain/people/user.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { Address } from '../parts/address.js';

export function DisablePersonPage({ frame, user: { id, email } }: { frame: PersonFrame; user: User }) {
  return (
    <ConfirmPage
      frame={frame}
      title="Disable this person?"
      text={
        <>
          <Address of={email} kind="strong" /> is signed out everywhere and cannot sign in, every app that acts for them is disconnected, and the apps that are
          theirs are switched off for everybody.
        </>
      }
      warning="An app of theirs that others need can be enabled by itself, under All apps. Enabling the person switches the rest on again, but does not reconnect what acted for them."
      action={`/admin/users/${id}/disable`}
      submit="Disable the person"
      cancelHref="/admin/users"
    />
  );
}
