import type { Client } from '../../../../domain/clients/client.js';
import { metadataHost } from '../../../../domain/clients/metadata-uri.js';
import { Address } from '../parts/address.js';
import { Copyable } from '../parts/copyable.js';

/** Of a client that describes itself: where, and what that means here. */
export function DescribedCard({ client: { id } }: { client: Pick<Client, 'id'> }) {
  return (
    <section class="card" aria-labelledby="described">
      <div class="card-head">
        <h2 id="described">
          It describes itself at <Address of={metadataHost(id)} kind="strong" />
        </h2>
        <a class="button button-secondary" href={id} target="_blank" rel="noopener noreferrer">
          Open the document
        </a>
      </div>
      <p>
        Nobody registered this app here. What it is called, and where people are sent back to, is what its document says. That is read anew when the app asks to
        connect, and kept for as long as its host allows.
      </p>
      <Copyable name="client-id" label="Client id" value={id} hint="The address of the document." />
    </section>
  );
}
