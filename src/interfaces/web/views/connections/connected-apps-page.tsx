import type { Connection } from '../../../../domain/authorization/connection.js';
import type { ScopeCatalogue } from '../../../../domain/scope.js';
import { Layout, type PersonFrame } from '../layout.js';
import { DoneNotice } from '../parts/done-notice.js';
import { EmptyState } from '../parts/empty-state.js';
import { Pager } from '../parts/pager.js';
import { ConnectedApp } from './connected-app.js';
import { RememberedApp } from './remembered-app.js';

export interface ConnectedAppsPageProps {
  readonly frame: PersonFrame;
  /** Those that act come first. */
  readonly connections: readonly Connection[];
  readonly catalogue: ScopeCatalogue;
  readonly now: Date;
  readonly firstHref: string | null;
  readonly nextHref: string | null;
  readonly done?: string | undefined;
}

/** Everything that acts for a person, or may again without asking, and the way to end it. */
export function ConnectedAppsPage({ frame, connections, catalogue, now, firstHref, nextHref, done }: ConnectedAppsPageProps) {
  const onlyRemembered = connections[0]?.live === false;
  return (
    <Layout {...frame} title="Connected apps" width="wide">
      <div class="page-head">
        <h1>Connected apps</h1>
        <p class="lead">
          {onlyRemembered
            ? 'What you agreed to before, so that it may connect again without asking you.'
            : 'What you allowed to act for you. Disconnect an app and it is out at once.'}
        </p>
      </div>
      <DoneNotice done={done} />
      {connections.length === 0 && <None first={firstHref === null} />}
      {connections.map((connection) =>
        connection.live ? (
          <ConnectedApp key={connection.client.id} {...{ connection, catalogue, now }} />
        ) : (
          <RememberedApp key={connection.client.id} {...{ connection, catalogue, csrfToken: frame.csrfToken }} />
        ),
      )}
      <Pager firstHref={firstHref} nextHref={nextHref} />
    </Layout>
  );
}

function None({ first }: { first: boolean }) {
  if (!first) return <EmptyState title="There are no more" text="The list ends before this page." />;
  return (
    <EmptyState
      title="Nothing acts for you"
      text="When you allow an app, you find it here: what it may do, when it last did it, and the button that ends it."
    />
  );
}
