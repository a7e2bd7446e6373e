import type { Connection } from '../../../../domain/authorization/connection.js';
import type { ScopeCatalogue } from '../../../../domain/scope.js';
import { connectedAppPath } from '../../../client-path.js';
import { Button } from '../parts/button.js';
import { ConnectedScopes } from '../parts/connected-scopes.js';
import { FactList } from '../parts/fact-list.js';
import { Ago, Day } from '../parts/moment.js';
import { readableName } from '../readable-name.js';
import { AppTitle } from './app-title.js';

export interface ConnectedAppProps {
  readonly connection: Connection;
  readonly catalogue: ScopeCatalogue;
  readonly now: Date;
}

/** An app that acts for the person: what it may do, what it did and when, and the way to end it. */
export function ConnectedApp({ connection, catalogue, now }: ConnectedAppProps) {
  const { client, scopes, usedScopes } = connection;
  const heading = `app-${client.id}`;
  return (
    <article class="card" aria-labelledby={heading}>
      <div class="card-head">
        <AppTitle client={client} headingId={heading} />
        <Button href={`${connectedAppPath(client.id)}/disconnect`}>
          Disconnect<span class="visually-hidden"> {readableName(client.name)}</span>
        </Button>
      </div>
      <FactList facts={factsOf(connection, now)} roomy />
      <ConnectedScopes scopes={scopes} used={usedScopes} catalogue={catalogue} />
    </article>
  );
}

/** That it was allowed holds as well while the app has not yet collected what it was allowed, which nobody but the store of codes knows. */
function factsOf({ since, lastUsedAt, expiresAt }: Connection, now: Date) {
  return [
    { term: 'Last used', value: lastUsedAt === null ? <span class="muted">never</span> : <Ago date={lastUsedAt} now={now} /> },
    { term: 'Allowed since', value: <Day date={since} /> },
    { term: 'Ends', value: expiresAt === null ? 'when you disconnect it' : <Day date={expiresAt} /> },
  ];
}
