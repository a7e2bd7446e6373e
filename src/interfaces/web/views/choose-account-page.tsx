import { Layout, type Site } from './layout.js';
import { Address } from './parts/address.js';
import { AskingClient, type AskingClientProps } from './parts/asking-client.js';
import { Button } from './parts/button.js';
import { PostForm } from './parts/post-form.js';
import { readableName } from './readable-name.js';

export interface ChooseAccountPageProps {
  readonly site: Site;
  readonly client: AskingClientProps;
  /** Who is signed in. */
  readonly person: { readonly email: string };
  /** Whom the app expects, where that is somebody else. */
  readonly expected: string | null;
  readonly csrfToken: string;
  readonly continueAction: string;
  readonly switchAccountAction: string;
}

/** Asks as whom a person goes on to an app: as who they are, or as somebody else, who then signs in. */
export function ChooseAccountPage({ site, client, person, expected, csrfToken, continueAction, switchAccountAction }: ChooseAccountPageProps) {
  return (
    <Layout site={site} title={`Choose an account for ${readableName(client.name)}`} width="narrow">
      <div class="card">
        <h1>Choose an account</h1>
        <p class="lead">
          to continue to <AskingClient id={client.id} name={client.name} />
        </p>
        {expected !== null && (
          <p>
            The app expects{' '}
            <Address of={expected} kind="strong">
              ,
            </Address>{' '}
            but you are signed in as{' '}
            <Address of={person.email} kind="strong">
              .
            </Address>
          </p>
        )}
        <PostForm class="form" action={continueAction} csrfToken={csrfToken}>
          <Button kind={expected === null ? 'primary' : 'secondary'}>
            <span>
              Continue as <Address of={person.email} />
            </span>
          </Button>
        </PostForm>
        <PostForm class="form" action={switchAccountAction} csrfToken={csrfToken}>
          <Button kind={expected === null ? 'secondary' : 'primary'}>{expected === null ? 'Use another account' : <Expected email={expected} />}</Button>
        </PostForm>
      </div>
    </Layout>
  );
}

function Expected({ email }: { email: string }) {
  return (
    <span>
      Sign in as <Address of={email} />
    </span>
  );
}
