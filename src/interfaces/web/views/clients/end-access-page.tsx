import type { Reach } from '../../../../domain/authorization/connection.js';
import { actsForPeople, type Client } from '../../../../domain/clients/client.js';
import { clientPath } from '../../../client-path.js';
import { ownAccess } from '../../../own-access.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { ClientName } from '../parts/client-name.js';
import { accessAfterwards } from './access-afterwards.js';
import { reachText } from './reach-text.js';

export interface EndAccessPageProps {
  readonly frame: PersonFrame;
  readonly client: Client;
  readonly reach: Reach;
  /** Who looks owns it: nobody is asked again for that. */
  readonly byOwner: boolean;
}

/** Asks before everything that a client was given is ended; the client itself stays. */
export function EndAccessPage({ frame, client, reach, byOwner }: EndAccessPageProps) {
  const { length: secrets } = client.secrets;
  return (
    <ConfirmPage
      frame={frame}
      title="End all access of this app?"
      text={
        <>
          <ClientName name={client.name} /> loses at once {lostBy(client, reach)}. {secrets === 0 && 'The app stays.'}
          {secrets > 0 && `The app and its ${secrets === 1 ? 'secret' : 'secrets'} stay.`} {accessAfterwards(client, byOwner)}{' '}
          {secrets > 0 && 'Does somebody else know a secret of it? Remove that first, or they obtain new access, too.'}
        </>
      }
      warning={reachText(reach, client)}
      action={`${clientPath(client.id)}/end-access`}
      submit="End all access"
      cancelHref={clientPath(client.id)}
    />
  );
}

function lostBy(client: Client, { people }: Reach): string {
  const given = (actsForPeople(client) || people > 0) && 'everything that people gave it until now';
  return [given, ownAccess(client)].filter(Boolean).join(', and ');
}
