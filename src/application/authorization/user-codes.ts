import { Macs } from '../../domain/macs.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import { selectorBytes } from '../../domain/tokens/opaque-token.js';
import { formatUuid } from '../../domain/tokens/uuid7.js';

/**
 * Finds a device's request by the code that the device shows. The id of the request follows from the code, under a key of this server: no store holds the code, or a
 * second way to find the request, and nobody can try codes but at the page where tries are counted.
 */
export class UserCodes {
  private readonly macs: Macs;

  constructor(secretKeys: SecretKeys) {
    this.macs = new Macs(secretKeys, 'keywright user codes', selectorBytes);
  }

  /** The id of a request with this code, as bytes: first that which a new one gets, then those that it has where it was made under another key. */
  selectorsOf(userCode: string): readonly [Buffer, ...Buffer[]] {
    return this.macs.makeUnderEach(userCode);
  }

  /** Is it the code of the request with this id? */
  isOf(userCode: string | null, requestId: string): boolean {
    return userCode !== null && this.selectorsOf(userCode).some((selector) => formatUuid(selector) === requestId);
  }
}
