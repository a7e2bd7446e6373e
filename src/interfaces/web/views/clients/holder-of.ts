import type { Client } from '../../../../domain/clients/client.js';
import { clientPath } from '../../../client-path.js';
import type { SecretHolder } from '../secrets/secret-holder.js';

const goesOn = 'Access that was obtained with it goes on. If others knew it, end all access of the app afterwards.';

/** A client as the holder of its secrets. */
export function holderOf({ id, name, secrets, ownerId }: Client): SecretHolder {
  return { name, href: clientPath(id), secrets, ownerId, without: 'the app cannot get tokens', goesOn };
}
