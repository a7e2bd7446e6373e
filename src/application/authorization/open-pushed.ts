import type { AuthorizationRequest } from '../../domain/authorization/authorization-request.js';
import { isForDevice } from '../../domain/authorization/device-request.js';
import { pushedLifetime, requestIdIn } from '../../domain/authorization/pushed-request.js';
import { InvalidRequestUri } from '../../domain/errors.js';
import { later } from '../../domain/moments.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { Clock } from '../ports/clock.js';

/**
 * The authorization request that a client has pushed (RFC 9126 §4), when a person comes with its name. It may be opened more than once, because people reload
 * pages; it is answered once. Throws `InvalidRequestUri`: where the person could be sent back to is not known then.
 */
export class OpenPushed {
  constructor(
    private readonly requests: Pick<AuthorizationRequestRepository, 'find'>,
    private readonly clock: Clock,
  ) {}

  async execute(clientId: string | null, requestUri: string): Promise<AuthorizationRequest> {
    const id = requestIdIn(requestUri);
    const request = id && (await this.requests.find(id));
    // It is bound to the client that pushed it (RFC 9126 §2.2).
    if (!request || isForDevice(request) || request.clientId !== clientId) throw new InvalidRequestUri('request_uri names no request that this app has pushed');
    if (later(request.createdAt, pushedLifetime) <= this.clock.now())
      throw new InvalidRequestUri('request_uri is too old: the app has to push its request again');
    return request;
  }
}
