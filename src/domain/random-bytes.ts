import { randomFillSync } from 'node:crypto';

/** The system's generator is asked for so much at once: a call costs more than the bytes. */
const reserve = Buffer.alloc(4096);
let used = reserve.length;

/** `count` bytes from the system's cryptographic generator. What was handed out is kept nowhere else. Throws a `RangeError` above 4096. */
export function randomBytes(count: number): Buffer {
  if (count > reserve.length) throw new RangeError(`at most ${reserve.length} random bytes at once`);
  if (used + count > reserve.length) {
    randomFillSync(reserve);
    used = 0;
  }
  const taken = reserve.subarray(used, used + count);
  const bytes = Buffer.from(taken);
  taken.fill(0);
  used += count;
  return bytes;
}
