import type { Client } from '../../domain/clients/client.js';
import { isMetadataUri, metadataHost } from '../../domain/clients/metadata-uri.js';
import { InvalidInput } from '../../domain/errors.js';

/** Throws `InvalidInput` for a client that describes itself: `because` says what cannot be done to it here, after where it does. */
export function mustBeRegisteredHere({ id }: Client, because: string): void {
  if (isMetadataUri(id)) throw new InvalidInput([{ field: 'id', message: `this app describes itself at ${metadataHost(id)}: ${because}` }]);
}
