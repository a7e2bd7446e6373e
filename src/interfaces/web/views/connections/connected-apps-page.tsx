import type { Connection } from '../../../../domain/authorization/connection.js';
import type { ScopeCatalogue } from '../../../../domain/scope.js';
import { Layout, type PersonFrame } from '../layout.js';
import { Badge } from '../parts/badge.js';
import { Button } from '../parts/button.js';
import { ClientMark } from '../parts/client-mark.js';
import { ConnectedScopes } from '../parts/connected-scopes.js';
import { DoneNotice } from '../parts/done-notice.js';
import { EmptyState } from '../parts/empty-state.js';
import { FactList } from '../parts/fact-list.js';
import { Ago, Day } from '../parts/moment.js';
import { Pager } from '../parts/pager.js';
import { readableName } from '../readable-name.js';
import { webAddress } from '../web-address.js';

export interface ConnectedAppsPageProps {
  readonly frame: PersonFrame;
  readonly connections: readonly Connection[];
  readonly catalogue: ScopeCatalogue;
  readonly now: Date;
  readonly firstHref: string | null;
  readonly nextHref: string | null;
  readonly done?: string | undefined;
}

/** Everything that acts for a person, and the way to end it. */
export function ConnectedAppsPage({ frame, connections, catalogue, now, firstHref, nextHref, done }: ConnectedAppsPageProps) {
  return (
    <Layout {...frame} title="Connected apps" width="wide">
      <div class="page-head">
        <h1>Connected apps</h1>
        <p class="lead">These apps act for you, because you allowed them to. Disconnect one and it is out at once.</p>
      </div>
      <DoneNotice done={done} />
      {connections.length === 0 && (
        <EmptyState
          title="Nothing acts for you"
          text="When you allow an app, you find it here: what it may do, when it last did it, and the button that ends it."
        />
      )}
      {connections.map((connection) => (
        <ConnectedApp key={connection.client.id} {...{ connection, catalogue, now }} />
      ))}
      <Pager firstHref={firstHref} nextHref={nextHref} />
    </Layout>
  );
}

function ConnectedApp({ connection, catalogue, now }: { connection: Connection } & Pick<ConnectedAppsPageProps, 'catalogue' | 'now'>) {
  const { client, scopes, usedScopes } = connection;
  const homepage = webAddress(client.homepageUri);
  const heading = `app-${client.id}`;
  return (
    <article class="card" aria-labelledby={heading}>
      <div class="card-head">
        <div class="client-title">
          <ClientMark name={client.name} logoUri={client.logoUri} />
          <h2 id={heading}>
            <bdi>{readableName(client.name)}</bdi>
          </h2>
          {client.disabledAt && <Badge tone="warning">Switched off by its makers</Badge>}
          {homepage && (
            <a class="hint" href={homepage.href} target="_blank" rel="noopener noreferrer">
              {homepage.host}
            </a>
          )}
        </div>
        <Button href={`/connected-apps/${client.id}/disconnect`}>
          Disconnect<span class="visually-hidden"> {readableName(client.name)}</span>
        </Button>
      </div>
      <FactList facts={factsOf(connection, now)} roomy />
      <ConnectedScopes scopes={scopes} used={usedScopes} catalogue={catalogue} />
    </article>
  );
}

function factsOf({ since, lastUsedAt, expiresAt }: Connection, now: Date) {
  return [
    { term: 'Last used', value: lastUsedAt === null ? <span class="muted">never</span> : <Ago date={lastUsedAt} now={now} /> },
    { term: 'Connected since', value: <Day date={since} /> },
    { term: 'Ends', value: expiresAt === null ? 'when you disconnect it' : <Day date={expiresAt} /> },
  ];
}
