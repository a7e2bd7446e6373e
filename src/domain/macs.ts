import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { SecretKeys } from './secret-key.js';

/** By what this server knows again what it handed out itself: HMAC-SHA-256 under keys that follow from its own (RFC 5869), for one purpose and no other. */
export class Macs {
  private readonly current: Uint8Array;
  private readonly others: readonly Uint8Array[];

  constructor(
    secretKeys: SecretKeys,
    purpose: string,
    private readonly bytes: number,
  ) {
    const [current, ...others] = secretKeys;
    const keyFrom = (secretKey: string) => new Uint8Array(hkdfSync('sha256', secretKey, '', purpose, 32));
    this.current = keyFrom(current);
    this.others = others.map(keyFrom);
  }

  /** Of the parts, one after the other: where one ends must be plain from what they are. */
  make(...parts: readonly (string | Uint8Array)[]): Buffer {
    return this.under(this.current, parts);
  }

  /** The same under each of its keys, the current one first. */
  makeUnderEach(...parts: readonly (string | Uint8Array)[]): readonly [Buffer, ...Buffer[]] {
    return [this.make(...parts), ...this.others.map((key) => this.under(key, parts))];
  }

  /** Made by this server, of these parts? Compares in constant time. */
  isGenuine(mac: Uint8Array, ...parts: readonly (string | Uint8Array)[]): boolean {
    return mac.length === this.bytes && [this.current, ...this.others].some((key) => timingSafeEqual(mac, this.under(key, parts)));
  }

  private under(key: Uint8Array, parts: readonly (string | Uint8Array)[]): Buffer {
    const mac = createHmac('sha256', key);
    for (const part of parts) mac.update(part);
    return mac.digest().subarray(0, this.bytes);
  }
}
