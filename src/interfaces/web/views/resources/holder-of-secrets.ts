import type { ResourceServer } from '../../../../domain/resources/resource-server.js';
import type { SecretHolder } from '../secrets/secret-holder.js';

/** A resource server as the holder of its secrets. */
export function holderOfSecrets({ id, name, secrets }: ResourceServer): SecretHolder {
  return { name, href: `/admin/resource-servers/${id}`, secrets, ownerId: null, without: 'the API can ask about no tokens', goesOn: null };
}
