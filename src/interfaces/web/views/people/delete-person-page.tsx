import type { Client } from '../../../../domain/clients/client.js';
import type { User } from '../../../../domain/people/user.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { Address } from '../parts/address.js';
import { LostClients } from '../parts/lost-clients.js';

export interface DeletePersonPageProps {
  readonly frame: PersonFrame;
  readonly user: User;
  /** Some of those that they registered. */
  readonly clients: readonly Client[];
  /** There are others. */
  readonly more: boolean;
}

export function DeletePersonPage({ frame, user: { id, email }, clients, more }: DeletePersonPageProps) {
  return (
    <ConfirmPage
      frame={frame}
      title="Delete this person?"
      text={
        <>
          <Address of={email} kind="strong" /> is signed out everywhere, every app that acts for them is disconnected, and their name, their address and what
          they agreed to are forgotten. This cannot be undone; to shut them out for a while, disable them instead.
        </>
      }
      warning={clients.length > 0 && <LostClients clients={clients} more={more} whose="their" />}
      action={`/admin/users/${id}/delete`}
      submit="Delete the person"
      cancelHref="/admin/users"
    />
  );
}
