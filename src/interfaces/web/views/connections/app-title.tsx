import type { ComponentChildren } from 'preact';
import type { ConnectedClient } from '../../../../domain/authorization/connection.js';
import { describedAt } from '../../../../domain/clients/metadata-uri.js';
import { Badge } from '../parts/badge.js';
import { ClientMark } from '../parts/client-mark.js';
import { DescribedAt } from '../parts/described-at.js';
import { readableName } from '../readable-name.js';
import { webAddress } from '../web-address.js';

export interface AppTitleProps {
  readonly client: ConnectedClient;
  readonly headingId: string;
  /** Words about its state. */
  readonly children?: ComponentChildren;
}

/** Which app a card is about. */
export function AppTitle({ client, headingId, children }: AppTitleProps) {
  const host = describedAt(client.id);
  const homepage = host === null ? webAddress(client.homepageUri) : null;
  return (
    <div class="client-title">
      <ClientMark name={client.name} logoUri={client.logoUri} />
      <h2 id={headingId}>
        <bdi>{readableName(client.name)}</bdi>
      </h2>
      {children}
      {client.disabledAt && <Badge tone="warning">{host === null ? 'Switched off by its makers' : 'Switched off here'}</Badge>}
      {host !== null && <DescribedAt host={host} />}
      {homepage && (
        <a class="hint" href={homepage.href} target="_blank" rel="noopener noreferrer">
          {homepage.host}
        </a>
      )}
    </div>
  );
}
