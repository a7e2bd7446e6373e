import { Macs } from '../domain/macs.js';
import type { SecretKeys } from '../domain/secret-key.js';

const macBytes = 16;
const longestText = 4096;

/** Where the next page of a list starts, signed for that list and whoever asked: otherwise people could try ids of others there and learn where these stand. */
export class SignedPlaces {
  private readonly macs: Macs;

  /** `purpose`: no other places are signed with the key that follows from it. */
  constructor(secretKeys: SecretKeys, purpose: string) {
    this.macs = new Macs(secretKeys, purpose, macBytes);
  }

  /** `scope`: which list, and who asks for it. */
  write(scope: readonly unknown[], after: string): string {
    return Buffer.concat([this.macs.make(signed(scope, after)), Buffer.from(after)]).toString('base64url');
  }

  /** The item after which the page starts; `null` when the text was altered or made for another scope. */
  read(scope: readonly unknown[], text: string): string | null {
    const bytes = Buffer.from(text.slice(0, longestText), 'base64url');
    const after = bytes.subarray(macBytes).toString();
    // Decoding is forgiving, so that more than one text would do: only the one that was handed out does.
    const genuine = bytes.length > macBytes && bytes.toString('base64url') === text && this.macs.isGenuine(bytes.subarray(0, macBytes), signed(scope, after));
    return genuine ? after : null;
  }
}

function signed(scope: readonly unknown[], after: string): string {
  return JSON.stringify([...scope, after]);
}
