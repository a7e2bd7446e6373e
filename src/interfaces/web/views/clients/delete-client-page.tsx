import type { Reach } from '../../../../domain/authorization/connection.js';
import type { Client } from '../../../../domain/clients/client.js';
import { clientPath } from '../../../client-path.js';
import { ownAccess } from '../../../own-access.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { ClientName } from '../parts/client-name.js';
import { reachText } from './reach-text.js';

export interface DeleteClientPageProps {
  readonly frame: PersonFrame;
  readonly client: Client;
  readonly reach: Reach;
}

export function DeleteClientPage({ frame, client, reach }: DeleteClientPageProps) {
  const own = ownAccess(client);
  return (
    <ConfirmPage
      frame={frame}
      title="Delete this app?"
      text={
        <>
          <ClientName name={client.name} /> is removed{client.secrets.length > 0 && ' with all its secrets'}, and its client id never works again.{' '}
          {own !== null && `With it ends ${own}. `}This cannot be undone; to stop it for a while, disable it instead.
        </>
      }
      warning={reachText(reach, client)}
      action={`${clientPath(client.id)}/delete`}
      submit="Delete the app"
      cancelHref={clientPath(client.id)}
    />
  );
}
