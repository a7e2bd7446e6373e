import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const macBytes = 16;
const longestText = 4096;

/** Where the next page of a list starts, signed for that list and whoever asked: otherwise people could try ids of others there and learn where these stand. */
export class SignedPlaces {
  private readonly key: Uint8Array;

  /** `purpose`: no other places are signed with the key that follows from it. */
  constructor(secretKey: string, purpose: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secretKey, '', purpose, 32));
  }

  /** `scope`: which list, and who asks for it. */
  write(scope: readonly unknown[], after: string): string {
    return Buffer.concat([this.mac(scope, after), Buffer.from(after)]).toString('base64url');
  }

  /** The item after which the page starts; `null` when the text was altered or made for another scope. */
  read(scope: readonly unknown[], text: string): string | null {
    const bytes = Buffer.from(text.slice(0, longestText), 'base64url');
    const after = bytes.subarray(macBytes).toString();
    // Decoding is forgiving, so that more than one text would do: only the one that was handed out does.
    const genuine = bytes.length > macBytes && bytes.toString('base64url') === text && timingSafeEqual(bytes.subarray(0, macBytes), this.mac(scope, after));
    return genuine ? after : null;
  }

  private mac(scope: readonly unknown[], after: string): Uint8Array {
    const text = JSON.stringify([...scope, after]);
    return createHmac('sha256', this.key).update(text).digest().subarray(0, macBytes);
  }
}
