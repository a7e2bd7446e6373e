import type { ComponentChildren } from 'preact';
import { actsForPeople, type Client } from '../../../../domain/clients/client.js';
import { introducesItself } from '../../../../domain/clients/introduction.js';
import { asShown, type ScopeCatalogue } from '../../../../domain/scope.js';
import { lifetimeText, type UsualLifetimes } from '../../clients/lifetime-text.js';
import { Address } from '../parts/address.js';
import { type Fact, FactList } from '../parts/fact-list.js';
import { Day, Moment } from '../parts/moment.js';
import { readableText } from '../readable-text.js';
import { clientLabels, clientWords } from './client-words.js';

export interface ClientFactsProps {
  readonly client: Client;
  readonly catalogue: ScopeCatalogue;
  readonly usual: UsualLifetimes;
}

/** Everything that was chosen about a client, in words. */
export function ClientFacts({ client, catalogue, usual }: ClientFactsProps) {
  const redirects = client.grantTypes.includes('authorization_code');
  const refreshes = client.grantTypes.includes('refresh_token');
  const facts: (Fact | false)[] = [
    client.description !== null && { term: clientLabels.description, value: <bdi>{readableText(client.description)}</bdi> },
    client.homepageUri !== null && { term: clientLabels.homepageUri, value: <Address of={client.homepageUri} kind="code" /> },
    redirects && {
      term: clientLabels.redirectUris,
      value: <Lines lines={client.redirectUris.map((uri) => ({ key: uri, text: <Address of={uri} kind="code" /> }))} />,
    },
    { term: clientLabels.grantTypes, value: <Lines lines={client.grantTypes.map((type) => ({ key: type, text: clientWords.grantTypes[type] }))} /> },
    {
      term: clientLabels.scopes,
      value: (
        <Lines
          lines={asShown(client.scopes, catalogue).map(({ name, sentence }) => ({
            key: name,
            text: (
              <>
                {sentence} <code class="muted">{name}</code>
                {client.optionalScopes.includes(name) && <span class="muted"> · people may leave it out</span>}
              </>
            ),
          }))}
        />
      ),
    },
    redirects && { term: clientLabels.pkce, value: clientWords.pkce[client.pkce] },
    refreshes && { term: clientLabels.refresh, value: clientWords.refresh[client.refresh] },
    actsForPeople(client) && { term: clientLabels.consent, value: clientWords.consent[client.consent] },
    { term: clientLabels.accessTokenFormat, value: clientWords.accessTokenFormat[client.accessTokenFormat] },
    { term: clientLabels.accessTokenLifetime, value: lifetime(client.accessTokenLifetime, usual.accessToken) },
    refreshes && { term: clientLabels.refreshTokenIdleLifetime, value: lifetime(client.refreshTokenIdleLifetime, usual.refreshTokenIdle) },
    refreshes && { term: clientLabels.refreshTokenAbsoluteLifetime, value: lifetime(client.refreshTokenAbsoluteLifetime, usual.refreshTokenAbsolute) },
    client.ownTokensRevokedAt !== null && { term: 'All access last ended', value: <Moment date={client.ownTokensRevokedAt} /> },
    { term: introducesItself(client.id) ? 'First allowed' : 'Created', value: <Day date={client.createdAt} /> },
  ];
  return <FactList facts={facts.filter((fact) => fact !== false)} roomy />;
}

function Lines({ lines }: { lines: readonly { key: string; text: ComponentChildren }[] }) {
  return (
    <ul class="lines">
      {lines.map(({ key, text }) => (
        <li key={key}>{text}</li>
      ))}
    </ul>
  );
}

function lifetime(own: number | null, usual: string): string {
  return own === null ? usual : lifetimeText(own);
}
