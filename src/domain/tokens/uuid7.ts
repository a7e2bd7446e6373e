import { randomBytes } from '../random-bytes.js';

/** Makes the first 16 of random bytes a UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits, so that keys grow with time. */
export function stampUuid7(bytes: Buffer, now: Date): Buffer {
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes;
}

/** A new identifier in the textual form of RFC 9562 §4. */
export function uuid7(now: Date): string {
  return formatUuid(stampUuid7(randomBytes(16), now));
}

/** Writes 16 bytes as `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`. */
export function formatUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
