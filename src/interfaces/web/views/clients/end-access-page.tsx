import type { Reach } from '../../../../domain/authorization/connection.js';
import { type Client, mayUse } from '../../../../domain/clients/client.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { ClientName } from '../parts/client-name.js';
import { reachText } from './reach-text.js';

export interface EndAccessPageProps {
  readonly frame: PersonFrame;
  readonly client: Client;
  readonly reach: Reach;
}

/** Asks before everything that a client was given is ended; the client itself stays. */
export function EndAccessPage({ frame, client, reach }: EndAccessPageProps) {
  return (
    <ConfirmPage
      frame={frame}
      title="End all access of this app?"
      text={
        <>
          <ClientName name={client.name} /> loses at once everything it was given until now
          {mayUse(client, 'client_credentials') && ', also what it obtained for itself'}. The app and its secrets stay: people can connect it again, and it can
          obtain new access. {client.secrets.length > 0 && 'Does somebody else know a secret of it? Remove that first, or they obtain new access, too.'}
        </>
      }
      warning={reachText(reach)}
      action={`/clients/${client.id}/end-access`}
      submit="End all access"
      cancelHref={`/clients/${client.id}`}
    />
  );
}
