import type { ComponentChildren } from 'preact';
import type { ConnectedClient } from '../../../../domain/authorization/connection.js';
import { introducesItself } from '../../../../domain/clients/introduction.js';
import { Badge } from '../parts/badge.js';
import { ClientMark } from '../parts/client-mark.js';
import { Introduction } from '../parts/introduction.js';
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
  const byItself = introducesItself(client.id);
  const homepage = byItself ? null : webAddress(client.homepageUri);
  return (
    <div class="client-title">
      <ClientMark name={client.name} logoUri={client.logoUri} />
      <h2 id={headingId}>
        <bdi>{readableName(client.name)}</bdi>
      </h2>
      {children}
      {client.disabledAt && <Badge tone="warning">{byItself ? 'Switched off here' : 'Switched off by its makers'}</Badge>}
      <Introduction id={client.id} />
      {homepage && (
        <a class="hint" href={homepage.href} target="_blank" rel="noopener noreferrer">
          {homepage.host}
        </a>
      )}
    </div>
  );
}
