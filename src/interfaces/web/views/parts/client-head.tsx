import { introducesItself } from '../../../../domain/clients/introduction.js';
import { readableText } from '../readable-text.js';
import { webAddress } from '../web-address.js';
import { Address } from './address.js';
import { ClientMark } from './client-mark.js';
import { ClientName } from './client-name.js';
import { Introduction } from './introduction.js';

/** How a client presents itself. It chose every word of this, and none of it proves anything; but an `id` that is an address is where it did. */
export interface ClientProfile {
  readonly id: string;
  readonly name: string;
  readonly logoUri?: string | null | undefined;
  readonly homepageUri?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** The client that asks, as the head of the page that asks for it. */
export function ClientHead({ client: { id, name, logoUri, homepageUri, description } }: { client: ClientProfile }) {
  // Of one that describes itself it would only say the host again.
  const homepage = introducesItself(id) ? null : webAddress(homepageUri);
  return (
    <div class="client-head">
      <ClientMark name={name} logoUri={logoUri} />
      <div>
        <h1>
          <ClientName name={name} /> wants to act for you
        </h1>
        <Introduction id={id} />
        {homepage && (
          <a href={homepage.href} target="_blank" rel="noopener noreferrer">
            <Address of={homepage.host} />
          </a>
        )}
      </div>
      {description && (
        <blockquote>
          <p>
            In its own words: <bdi>{readableText(description)}</bdi>
          </p>
        </blockquote>
      )}
    </div>
  );
}
