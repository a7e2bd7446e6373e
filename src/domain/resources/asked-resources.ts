import { InvalidTarget } from '../errors.js';
import { isResourceIndicator } from './resource.js';

/** Characters of all of them. What they are asked for with is kept with a request, with each token and in memory, so that it is bounded. */
const longestResources = 4096;

/** The resources that a client asks for, each once (RFC 8707 §2). Throws `InvalidTarget`. */
export function askedResources(resources: readonly string[]): readonly string[] {
  if (resources.join('').length > longestResources) throw new InvalidTarget(`the resources are longer than ${longestResources} characters in all`);
  if (!resources.every(isResourceIndicator)) throw new InvalidTarget('resource must be an absolute URI without a fragment');
  return [...new Set(resources)];
}
