import { hkdfSync } from 'node:crypto';
import type { AuthorizationRequest } from '../../domain/authorization/authorization-request.js';
import { Macs } from '../../domain/macs.js';
import { seal, unseal } from '../../domain/seal.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import { selectorBytes } from '../../domain/tokens/opaque-token.js';

/**
 * Finds a device's request by the code that the device shows. The id of the request follows from the code, under a key of this server: no store keeps a second way to
 * find it, and nobody can try codes but at the page where tries are counted. The code itself is kept sealed, to be shown once more to whoever decides.
 */
export class UserCodes {
  private readonly macs: Macs;
  private readonly sealingKeys: readonly [Uint8Array, ...Uint8Array[]];

  constructor(secretKeys: SecretKeys) {
    this.macs = new Macs(secretKeys, 'keywright user codes', selectorBytes);
    const [current, ...others] = secretKeys;
    this.sealingKeys = [sealingKey(current), ...others.map(sealingKey)];
  }

  /** The id of a request with this code, as bytes: first that which a new one gets, then those that it has where it was made under another key. */
  selectorsOf(userCode: string): readonly [Buffer, ...Buffer[]] {
    return this.macs.makeUnderEach(userCode);
  }

  /** As the request with this id keeps it. */
  sealed(requestId: string, userCode: string): string {
    return Buffer.from(seal(this.sealingKeys[0], Buffer.from(requestId), userCode)).toString('base64url');
  }

  /** The code under which a device's request was made; `null` where the key of that time is no longer here. */
  of({ id, state }: Pick<AuthorizationRequest, 'id' | 'state'>): string | null {
    const bytes = Buffer.from(state ?? '', 'base64url');
    for (const key of this.sealingKeys) {
      try {
        return unseal(key, Buffer.from(id), bytes) as string;
      } catch {
        // Sealed under another.
      }
    }
    return null;
  }
}

function sealingKey(secretKey: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secretKey, '', 'keywright sealed user codes', 32));
}
