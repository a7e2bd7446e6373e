import { sameResource } from './resource.js';
import type { ResourceServer } from './resource-server.js';

/** Those of the resources that no resource server has, and that are no address of this server itself. */
export function unregisteredResources(resources: readonly string[], servers: readonly Pick<ResourceServer, 'identifier'>[], issuer: string): string[] {
  const isOwn = (resource: string) => resource === issuer || resource.startsWith(`${issuer}/`);
  return resources.filter((resource) => !isOwn(resource) && !servers.some(({ identifier }) => sameResource(identifier, resource)));
}
