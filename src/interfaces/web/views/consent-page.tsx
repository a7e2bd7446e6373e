import { Layout, type Site } from './layout.js';
import { Address } from './parts/address.js';
import { Button } from './parts/button.js';
import { ClientHead, type ClientProfile } from './parts/client-head.js';
import { FactList } from './parts/fact-list.js';
import { Notice } from './parts/notice.js';
import { PostForm } from './parts/post-form.js';
import { ScopeList, type ScopeQuestion } from './parts/scope-list.js';
import { TimeLimitChoice } from './parts/time-limit-choice.js';
import { readableName } from './readable-name.js';

export interface ConsentPageProps {
  readonly site: Site;
  readonly client: ClientProfile;
  /** The client asks for something else than when the person last answered. */
  readonly changed?: boolean;
  readonly answered: ConsentAnswered;
  readonly scopes: readonly ScopeQuestion[];
  /** Whom the tokens are for (RFC 8707); empty for this server's own. */
  readonly resources: readonly string[];
  readonly person: { readonly email: string };
  readonly csrfToken: string;
  /** Gets `decision` (`allow` or `deny`), `timeLimit`, `shown` (the names of all scopes on the page), and for each optional scope `optional`, and `scope` where it was left ticked. */
  readonly action: string;
  readonly switchAccountAction?: string | undefined;
  /** Where access is ended later. */
  readonly connectedAppsHref?: string | undefined;
}

/** Where the answer goes. */
export type ConsentAnswered =
  | {
      /** The host, or for an app on the person's own device the scheme. */
      readonly at: string;
      /** What to look at twice: an app on the person's own device, one that nobody has checked. */
      readonly warning?: string | undefined;
    }
  /** A device waits for it, which shows this code. */
  | { readonly onDevice: string };

/** The one question of the authorization endpoint: may this client act for you? */
export function ConsentPage(props: ConsentPageProps) {
  const { site, client, scopes, resources, csrfToken, action, changed, answered } = props;
  return (
    <Layout site={site} title={`Allow ${readableName(client.name)}?`} width="narrow">
      <div class="card consent">
        {changed && (
          <Notice tone="warning">
            <p>What this app asks for has changed since the page was shown, so your answer was not taken. Look again.</p>
          </Notice>
        )}
        <ClientHead client={client} />
        <SignedInAs {...props} />
        <LookTwice answered={answered} />
        <PostForm class="form" action={action} csrfToken={csrfToken}>
          <ScopeList clientName={client.name} scopes={scopes} resources={resources} />
          <TimeLimitChoice />
          <Decide {...props} />
        </PostForm>
        <TechnicalDetails {...props} />
      </div>
    </Layout>
  );
}

function LookTwice({ answered }: Pick<ConsentPageProps, 'answered'>) {
  if ('onDevice' in answered) {
    return (
      <Notice tone="warning">
        <p>
          Allow this only if a device in front of you shows <strong class="nowrap">{answered.onDevice}</strong>. If somebody sent you the code or the link, deny
          it: they would get what you allow.
        </p>
      </Notice>
    );
  }
  if (answered.warning === undefined) return null;
  return (
    <Notice tone="warning">
      <p>{answered.warning}</p>
    </Notice>
  );
}

function SignedInAs({ person, switchAccountAction, csrfToken }: ConsentPageProps) {
  return (
    <div class="account">
      <p>
        <span class="hint">Signed in as</span> <Address of={person.email} />
      </p>
      {switchAccountAction !== undefined && (
        <PostForm action={switchAccountAction} csrfToken={csrfToken}>
          <Button kind="quiet">Not you? Switch account</Button>
        </PostForm>
      )}
    </div>
  );
}

function Decide({ answered, connectedAppsHref }: ConsentPageProps) {
  return (
    <div class="decide">
      {'at' in answered ? (
        <p>
          Either way you go back to{' '}
          <Address of={answered.at} kind="strong">
            .
          </Address>
        </p>
      ) : (
        <p>Either way your device goes on by itself.</p>
      )}
      {/* Deny comes first, so that the Enter key never allows by accident. */}
      <div class="decide-buttons">
        <Button name="decision" value="deny">
          Deny
        </Button>
        <Button kind="primary" name="decision" value="allow">
          Allow
        </Button>
      </div>
      <p class="hint">You can end this access at any time{connectedAppsHref !== undefined && <ConnectedApps href={connectedAppsHref} />}.</p>
    </div>
  );
}

function ConnectedApps({ href }: { href: string }) {
  return (
    <>
      {' under '}
      <a href={href}>connected apps</a>
    </>
  );
}

function TechnicalDetails({ client, scopes, resources }: ConsentPageProps) {
  const facts = [
    { term: 'Client id', value: client.id },
    { term: 'Scope', value: scopes.map(({ name }) => name).join(' ') },
  ];
  if (resources.length > 0) facts.push({ term: 'Resource', value: resources.join(' ') });
  return (
    <details class="technical">
      <summary>Technical details</summary>
      <FactList facts={facts} />
    </details>
  );
}
