import type { ResourceServer } from '../../../../domain/resources/resource-server.js';
import { Layout, type PersonFrame } from '../layout.js';
import { BackLink } from '../parts/back-link.js';
import { Button } from '../parts/button.js';
import { DoneNotice } from '../parts/done-notice.js';
import { type Fact, FactList } from '../parts/fact-list.js';
import { Day } from '../parts/moment.js';
import { readableName } from '../readable-name.js';
import { readableText } from '../readable-text.js';
import { SecretsCard } from '../secrets/secrets-card.js';
import { holderOfSecrets } from './holder-of-secrets.js';
import { ResourceServerValues } from './resource-server-values.js';
import { resourceServerLabels, resourceServerWords } from './resource-server-words.js';

export interface ResourceServerPageProps {
  readonly frame: PersonFrame;
  readonly server: ResourceServer;
  readonly issuer: string;
  readonly viewerId: string;
  readonly now: Date;
  readonly done?: string | undefined;
}

/** One resource server: what it needs to check tokens, its secrets, its settings, and how it is removed. */
export function ResourceServerPage({ frame, server, issuer, viewerId, now, done }: ResourceServerPageProps) {
  const href = `/admin/resource-servers/${server.id}`;
  return (
    <Layout {...frame} title={readableName(server.name)} width="wide" copying>
      <div class="page-head">
        <BackLink href="/admin/resource-servers">APIs</BackLink>
        <h1>
          <bdi>{readableName(server.name)}</bdi>
        </h1>
      </div>
      <DoneNotice done={done} />
      <ResourceServerValues server={server} issuer={issuer} />
      <SecretsCard title="Secrets" holder={holderOfSecrets(server)} viewerId={viewerId} now={now} />
      <section class="card" aria-labelledby="settings">
        <div class="card-head">
          <h2 id="settings">Settings</h2>
          <Button href={`${href}/edit`}>Edit</Button>
        </div>
        <FactList facts={factsOf(server)} roomy />
      </section>
      <section class="card danger-zone" aria-labelledby="danger">
        <h2 id="danger">Remove</h2>
        <p>Its secrets and scopes go for good. You are told what that ends before it happens.</p>
        <div class="actions">
          <Button kind="danger" href={`${href}/delete`}>
            Remove …
          </Button>
        </div>
      </section>
    </Layout>
  );
}

function factsOf({ scopes, tokenFormat, signingAlgorithm, createdAt }: ResourceServer): Fact[] {
  const signed = { term: resourceServerLabels.signingAlgorithm, value: resourceServerWords.signingAlgorithm[signingAlgorithm] };
  return [
    { term: resourceServerLabels.scopes, value: <Scopes scopes={scopes} /> },
    { term: resourceServerLabels.tokenFormat, value: resourceServerWords.tokenFormat[tokenFormat] },
    ...(tokenFormat === 'opaque' ? [] : [signed]),
    { term: 'Registered', value: <Day date={createdAt} /> },
  ];
}

function Scopes({ scopes }: Pick<ResourceServer, 'scopes'>) {
  if (scopes.length === 0) return <span class="muted">none</span>;
  return (
    <ul class="lines">
      {scopes.map(({ name, sentence }) => (
        <li key={name}>
          <bdi>{readableText(sentence)}</bdi> <code class="muted">{name}</code>
        </li>
      ))}
    </ul>
  );
}
