import { Macs } from '../../domain/macs.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import type { Clock } from '../ports/clock.js';

/** Milliseconds for which a cursor is good: what no token needs any longer is purged a day later. */
const goodFor = 24 * 3_600_000;
const macBytes = 16;
const longest = 8192;

/** Places in the log of revocations for others to hold: signed, the same on every instance, with the moment at which they were made. */
export class RevocationCursors {
  private readonly macs: Macs;

  constructor(
    secretKeys: SecretKeys,
    private readonly clock: Clock,
  ) {
    this.macs = new Macs(secretKeys, 'keywright revocation cursors', macBytes);
  }

  of(position: string): string {
    const content = Buffer.from(`${this.clock.now().getTime()} ${position}`);
    return Buffer.concat([this.macs.make(content), content]).toString('base64url');
  }

  /** The place; `old`: made so long ago that what came since may be purged; `null`: not made by this server. */
  read(cursor: string): { readonly position: string } | 'old' | null {
    const bytes = Buffer.from(cursor.slice(0, longest + 1), 'base64url');
    const [mac, content] = [bytes.subarray(0, macBytes), bytes.subarray(macBytes)];
    if (cursor.length > longest || !this.macs.isGenuine(mac, content)) return null;
    const text = content.toString();
    const space = text.indexOf(' ');
    const age = this.clock.now().getTime() - Number(text.slice(0, space));
    return age > goodFor ? 'old' : { position: text.slice(space + 1) };
  }
}
