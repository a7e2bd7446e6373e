import type { Connection } from '../../../../domain/authorization/connection.js';
import type { ScopeCatalogue } from '../../../../domain/scope.js';
import { connectedAppPath } from '../../../client-path.js';
import { Badge } from '../parts/badge.js';
import { Button } from '../parts/button.js';
import { ConnectedScopes } from '../parts/connected-scopes.js';
import { FactList } from '../parts/fact-list.js';
import { Day } from '../parts/moment.js';
import { PostForm } from '../parts/post-form.js';
import { readableName } from '../readable-name.js';
import { AppTitle } from './app-title.js';
import { asRemembered } from './as-remembered.js';

export interface RememberedAppProps {
  readonly connection: Connection;
  readonly catalogue: ScopeCatalogue;
  readonly csrfToken: string;
}

/** An app that does not act for the person, and may again without asking, as long as what they agreed to is remembered. */
export function RememberedApp({ connection: { client, scopes, since, expiresAt }, catalogue, csrfToken }: RememberedAppProps) {
  const heading = `app-${client.id}`;
  return (
    <article class="card" aria-labelledby={heading}>
      <div class="card-head">
        <AppTitle client={client} headingId={heading}>
          <Badge>Not connected</Badge>
        </AppTitle>
        <PostForm action={`${connectedAppPath(client.id)}/disconnect`} csrfToken={csrfToken}>
          <Button {...asRemembered}>
            Ask me again<span class="visually-hidden"> before {readableName(client.name)} connects</span>
          </Button>
        </PostForm>
      </div>
      <p>
        {client.disabledAt === null
          ? 'It does not act for you now. You agreed to it before, so it may connect again without asking you.'
          : 'It does not act for you now, and cannot while it is switched off. You agreed to it before, so afterwards it may connect again without asking you.'}
      </p>
      <FactList
        facts={[
          { term: 'You agreed', value: <Day date={since} /> },
          {
            term: 'Remembered',
            value:
              expiresAt === null ? (
                'until you want to be asked again'
              ) : (
                <>
                  until <Day date={expiresAt} />
                </>
              ),
          },
        ]}
        roomy
      />
      <ConnectedScopes scopes={scopes} used={null} catalogue={catalogue} />
    </article>
  );
}
