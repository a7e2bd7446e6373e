import type { AuthorizationCode } from '../../domain/authorization/authorization-code.js';
import type { AuthorizationRequest } from '../../domain/authorization/authorization-request.js';
import { isForDevice } from '../../domain/authorization/device-request.js';
import { type Client, deviceCodeGrant, mayUse } from '../../domain/clients/client.js';
import { AccessDenied, AuthorizationPending, ExpiredToken, InvalidGrant, SlowDown, UnauthorizedClient } from '../../domain/errors.js';
import { matchesDigest, parseTokenOf } from '../../domain/tokens/opaque-token.js';
import { digestIn, keepDeviceCode } from '../authorization/device-code.js';
import type { AuthorizationCodeRepository } from '../ports/authorization-code-repository.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { Clock } from '../ports/clock.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import type { PollPace } from './poll-pace.js';
import type { RedeemCode } from './redeem-code.js';
import type { TokenAnswer } from './token-answer.js';

export interface ExchangeDeviceCodeInput {
  /** Authenticated before. */
  readonly client: Client;
  readonly deviceCode: string;
  readonly resources: readonly string[];
}

/**
 * A device asks whether somebody has allowed it, and gets its tokens when somebody has (RFC 8628 §3.4, §3.5). Throws `AuthorizationPending`, `SlowDown`,
 * `AccessDenied`, `ExpiredToken`, `InvalidGrant`, `InvalidScope`, `InvalidTarget`, `UnauthorizedClient`.
 */
export class ExchangeDeviceCode {
  constructor(
    private readonly requests: Pick<AuthorizationRequestRepository, 'find'>,
    private readonly grants: Pick<GrantRepository, 'find'>,
    private readonly codes: AuthorizationCodeRepository,
    private readonly redeem: Pick<RedeemCode, 'execute'>,
    private readonly pace: PollPace,
    private readonly clock: Clock,
  ) {}

  async execute({ client, deviceCode, resources }: ExchangeDeviceCodeInput): Promise<TokenAnswer> {
    if (!mayUse(client, deviceCodeGrant)) throw new UnauthorizedClient(`this client may not use ${deviceCodeGrant}`);
    const presented = parseTokenOf('dc', deviceCode);
    if (!presented) throw new InvalidGrant('the device code is malformed');
    const request = await this.requests.find(presented.id);
    if (!request || !isForDevice(request) || !matchesDigest(presented, digestIn(request.codeChallenge)))
      throw new InvalidGrant('the device code is unknown or too old');
    if (request.clientId !== client.id) throw new InvalidGrant('the device code is unknown or too old', 'issued to another client');
    const code = await this.codeOf(request);
    return this.redeem.execute({ client, code, resources });
  }

  private async codeOf(request: AuthorizationRequest): Promise<AuthorizationCode> {
    const { decision } = request;
    if (decision === null) {
      const now = this.clock.now();
      if (request.expiresAt <= now) throw new ExpiredToken('nobody allowed it in time: ask for another code');
      throw this.pace.isTooFast(request.id, now) ? new SlowDown('wait five seconds more from now on') : new AuthorizationPending('nobody has decided yet');
    }
    if (decision.kind === 'denied') throw new AccessDenied('the person said no');
    // Where the server was stopped between the decision and the code.
    const code = (await this.codes.find(request.id)) ?? (await this.lateCode(request, decision.grantId));
    if (code === null) throw new InvalidGrant('the authorization has ended');
    return code;
  }

  private async lateCode(request: AuthorizationRequest, grantId: string): Promise<AuthorizationCode | null> {
    const grant = await this.grants.find(grantId);
    return grant && !grant.revoked ? keepDeviceCode(this.codes, request, grant) : null;
  }
}
