import type { Connection } from '../../../../domain/authorization/connection.js';
import { connectedAppPath } from '../../../client-path.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { ClientName } from '../parts/client-name.js';
import { readableName } from '../readable-name.js';
import { asRemembered } from './as-remembered.js';

export interface DisconnectPageProps {
  readonly frame: PersonFrame;
  readonly connection: Connection;
}

/** Asks before an app is disconnected; of one that does not act any more, whether the person wants to be asked again. */
export function DisconnectPage({ frame, connection: { client, live } }: DisconnectPageProps) {
  const shared = { frame, action: `${connectedAppPath(client.id)}/disconnect`, cancelHref: '/connected-apps' };
  if (!live) {
    return (
      <ConfirmPage
        {...shared}
        title={`Ask you again before ${readableName(client.name)} connects?`}
        text={
          <>
            <ClientName name={client.name} /> does not act for you now. You agreed to it before, so it may connect again without asking you.
          </>
        }
        submit="Ask me again"
        kind="primary"
        sends={asRemembered}
      />
    );
  }
  return (
    <ConfirmPage
      {...shared}
      title={`Disconnect ${readableName(client.name)}?`}
      text={
        <>
          From that moment <ClientName name={client.name} /> can no longer act for you, and what you have set up with it may stop. To connect it again, start
          from the app.
        </>
      }
      submit="Disconnect"
    />
  );
}
