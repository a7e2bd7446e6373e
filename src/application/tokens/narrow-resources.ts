import { InvalidTarget } from '../../domain/errors.js';
import { isResourceIndicator, sameResource } from '../../domain/resources/resource.js';

/**
 * The resources a token is made for, each once: those asked for, which must be among those granted (RFC 8707 §2.2), or all granted when none is
 * asked for. A grant that named none sets no limit.
 */
export function narrowResources(requested: readonly string[], granted: readonly string[]): readonly string[] {
  for (const resource of requested) {
    if (!isResourceIndicator(resource)) throw new InvalidTarget('resource must be an absolute URI without a fragment');
  }
  if (requested.length === 0) return granted;
  if (granted.length === 0) return [...new Set(requested)];
  const matches = requested.map((resource) => {
    const match = granted.find((candidate) => sameResource(candidate, resource));
    if (match === undefined) throw new InvalidTarget('resource was not granted');
    return match;
  });
  return [...new Set(matches)];
}
