import type { Client } from '../../../../domain/clients/client.js';
import type { User } from '../../../../domain/people/user.js';
import { ConfirmPage } from '../confirm-page.js';
import { Layout, type PersonFrame } from '../layout.js';
import { Address } from '../parts/address.js';
import { Button } from '../parts/button.js';
import { LostClients } from '../parts/lost-clients.js';

export interface DeleteAccountPageProps {
  readonly frame: PersonFrame;
  readonly person: User;
  /** Some of those that the person registered. */
  readonly clients: readonly Client[];
  /** There are others. */
  readonly more: boolean;
}

export function DeleteAccountPage({ frame, person, clients, more }: DeleteAccountPageProps) {
  if (person.admin) return <NotAnAdministrator frame={frame} />;
  return (
    <ConfirmPage
      frame={frame}
      title="Delete your account?"
      text={
        <>
          <Address of={person.email} kind="strong" /> is signed out everywhere, every app that acts for you is disconnected, and your name, your address and
          what you agreed to are forgotten. This cannot be undone.
        </>
      }
      warning={clients.length > 0 && <LostClients clients={clients} more={more} whose="your" />}
      action="/account/delete"
      submit="Delete my account"
      cancelHref="/account"
    />
  );
}

function NotAnAdministrator({ frame }: { frame: PersonFrame }) {
  return (
    <Layout {...frame} title="Delete your account?" width="wide">
      <div class="card confirm">
        <h1>Another administrator has to do that</h1>
        <p>You are an administrator. So that this server is not left without one, your account can be deleted only by another administrator.</p>
        <div class="actions">
          <Button href="/account">Back to your account</Button>
        </div>
      </div>
    </Layout>
  );
}
