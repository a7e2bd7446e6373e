import { InvalidTarget } from '../../domain/errors.js';
import { askedResources } from '../../domain/resources/asked-resources.js';
import { sameResource } from '../../domain/resources/resource.js';

/**
 * The resources a token is made for, each once: those asked for, which must be among those granted (RFC 8707 §2.2), or all granted when none is
 * asked for. A grant that named none sets no limit.
 */
export function narrowResources(requested: readonly string[], granted: readonly string[]): readonly string[] {
  const asked = askedResources(requested);
  if (asked.length === 0) return granted;
  if (granted.length === 0) return asked;
  const matches = asked.map((resource) => {
    const match = granted.find((candidate) => sameResource(candidate, resource));
    if (match === undefined) throw new InvalidTarget('resource was not granted');
    return match;
  });
  return [...new Set(matches)];
}
