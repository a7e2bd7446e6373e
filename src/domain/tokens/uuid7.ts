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

/** The least identifier of a moment, or of any after it. */
export function firstUuid7(moment: Date): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.max(0, moment.getTime()), 0, 6);
  return formatUuid(bytes);
}

const digits = Buffer.from('0123456789abcdef');
const written = Buffer.alloc(36, '-');

/**
 * Writes 16 bytes as `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, in one piece: joined from parts, it would be put together when it is first read, which takes more than
 * twice as long.
 */
export function formatUuid(bytes: Uint8Array): string {
  for (let from = 0, to = 0; from < 16; from += 1) {
    if (from === 4 || from === 6 || from === 8 || from === 10) to += 1;
    const byte = bytes[from] as number;
    written[to] = digits[byte >> 4] as number;
    written[to + 1] = digits[byte & 15] as number;
    to += 2;
  }
  return written.toString('latin1');
}
