import { addressBlock } from '../../domain/address-block.js';
import type { AuthorizationRequest } from '../../domain/authorization/authorization-request.js';
import { userCodeIn } from '../../domain/authorization/device-request.js';
import { formatUuid } from '../../domain/tokens/uuid7.js';
import type { Attempts } from '../attempts/attempts.js';
import { budgets } from '../attempts/budgets.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { Clock } from '../ports/clock.js';
import type { UserCodes } from './user-codes.js';

/** The request of the device that shows a code, for the person who types it (RFC 8628 §3.3). */
export class OpenOnDevice {
  constructor(
    private readonly requests: Pick<AuthorizationRequestRepository, 'find'>,
    private readonly userCodes: UserCodes,
    private readonly attempts: Attempts,
    private readonly clock: Clock,
  ) {}

  /**
   * `null`: no device shows this code, or not any more. `from`: the address of whoever typed it, from which so many tries may fail (RFC 8628 §5.1); throws
   * `TooManyAttempts` beyond them.
   */
  async execute(typed: string, from: string): Promise<AuthorizationRequest | null> {
    const userCode = userCodeIn(typed);
    if (userCode === null) return null;
    return this.attempts.countFailures([{ budget: budgets.userCodes, subject: addressBlock(from) }], () => this.find(userCode));
  }

  private async find(userCode: string): Promise<AuthorizationRequest | null> {
    for (const selector of this.userCodes.selectorsOf(userCode)) {
      const request = await this.requests.find(formatUuid(selector));
      if (request && request.expiresAt > this.clock.now()) return request;
    }
    return null;
  }
}
