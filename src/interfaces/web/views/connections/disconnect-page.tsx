import type { Connection } from '../../../../domain/authorization/connection.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { ClientName } from '../parts/client-name.js';
import { readableName } from '../readable-name.js';

export function DisconnectPage({ frame, connection: { client, live } }: { frame: PersonFrame; connection: Connection }) {
  return (
    <ConfirmPage
      frame={frame}
      title={`Disconnect ${readableName(client.name)}?`}
      text={
        live ? (
          <>
            From that moment <ClientName name={client.name} /> can no longer act for you, and what you have set up with it may stop. To connect it again, start
            from the app.
          </>
        ) : (
          <>
            <ClientName name={client.name} /> does not act for you any more, but may connect again without asking you. If you disconnect it, you are asked
            first.
          </>
        )
      }
      action={`/connected-apps/${client.id}/disconnect`}
      submit="Disconnect"
      cancelHref="/connected-apps"
    />
  );
}
