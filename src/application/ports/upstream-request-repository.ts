import type { UpstreamRequest } from '../../domain/people/upstream-request.js';

/** Sign-ins that are under way at a provider. Any verb may throw `StorageUnavailable`. */
export interface UpstreamRequestRepository {
  add(request: UpstreamRequest): Promise<void>;
  /** Takes the request out, expired or not: of any number of calls at once exactly one gets it, the others `null`. */
  take(id: string): Promise<UpstreamRequest | null>;
}
