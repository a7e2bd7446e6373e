import type { ComponentChildren } from 'preact';
import type { Client } from '../../../../domain/clients/client.js';
import { clientPath } from '../../../client-path.js';
import { accessAfterwards } from './access-afterwards.js';

/** What the page of a client says after a change for which the words depend on the client; `undefined`: any other. */
export function clientDone(word: string | null, client: Client, byOwner: boolean): ComponentChildren {
  switch (word) {
    case 'secret-removed':
      return (
        <>
          The secret is removed. Access that was obtained with it goes on: if others knew it, <a href={`${clientPath(client.id)}/end-access`}>end all access</a>
          .
        </>
      );
    case 'access-ended':
      return `All access that the app had is ended. ${accessAfterwards(client, byOwner)}`;
    default:
      return undefined;
  }
}
