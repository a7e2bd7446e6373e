import { randomBytes } from 'node:crypto';
import { Macs } from '../../domain/macs.js';
import { later } from '../../domain/moments.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import type { Clock } from '../ports/clock.js';

/** Seconds for which a browser stays known after the last sign-in. */
const lifetime = 180 * 24 * 3600;

const idBytes = 16;
const momentBytes = 6;
const macBytes = 32;

/** What a browser that signed in keeps, to be known again. It opens nothing: it only says that failures elsewhere are not this browser's. */
export interface DeviceToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Browsers that were signed in to an account before (device cookies: OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). The token is signed
 * and bound to the account: an id, the end, and a MAC over both and the account. Nothing is stored.
 */
export class KnownDevices {
  private readonly macs: Macs;

  constructor(
    secretKeys: SecretKeys,
    private readonly clock: Clock,
  ) {
    this.macs = new Macs(secretKeys, 'keywright known devices', macBytes);
  }

  /** The id of the device; `null` when this is no token of ours, is over, or belongs to another account. */
  recognise(token: string | null, account: string): string | null {
    const bytes = Buffer.from(token ?? '', 'base64url');
    if (bytes.length !== idBytes + momentBytes + macBytes) return null;
    const [body, mac] = [bytes.subarray(0, idBytes + momentBytes), bytes.subarray(idBytes + momentBytes)];
    const genuine = this.macs.isGenuine(mac, body, account);
    const expiresAt = body.readUIntBE(idBytes, momentBytes);
    return genuine && expiresAt > this.clock.now().getTime() ? body.subarray(0, idBytes).toString('base64url') : null;
  }

  /** A token for the browser that just signed in; a device that was known stays the same one. */
  remember(known: string | null, account: string): DeviceToken {
    const expiresAt = later(this.clock.now(), lifetime);
    const body = Buffer.alloc(idBytes + momentBytes);
    (known === null ? randomBytes(idBytes) : Buffer.from(known, 'base64url')).copy(body);
    body.writeUIntBE(expiresAt.getTime(), idBytes, momentBytes);
    return { token: Buffer.concat([body, this.macs.make(body, account)]).toString('base64url'), expiresAt };
  }
}
