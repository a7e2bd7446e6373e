import { randomInt } from 'node:crypto';
import { deviceCodeGrant } from '../clients/client.js';

/** Seconds from asking for a code to its end, in which the person finds their telephone, signs in and decides. */
export const deviceRequestLifetime = 600;

/** Seconds that the device waits between two questions (RFC 8628 §3.2). */
export const pollInterval = 5;

/** No vowel, so that no word comes of it, and none that is taken for another (RFC 8628 §6.1): 34 bits in eight. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;

/** What stands in place of a redirect URI: nobody is sent anywhere, the device comes and asks. No client can register it. */
export const answeredOnDevice = deviceCodeGrant;

/** Was it made by a device, which shows a code and waits (RFC 8628)? Also of the code that came of it. */
export function isForDevice({ redirectUri }: { readonly redirectUri: string | null }): boolean {
  return redirectUri === answeredOnDevice;
}

/** Where the person's browser goes with the answer: to the client, or nowhere. */
export function leavesFor(request: { readonly redirectUri: string }): readonly string[] {
  return isForDevice(request) ? [] : [request.redirectUri];
}

/** What the device shows, and the person types. */
export function newUserCode(): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

/** The code that somebody typed, with dashes, spaces and small letters as they like; `null` where it is none. */
export function userCodeIn(text: string): string | null {
  const typed = text.toUpperCase().replace(/[\s\p{Pd}._]/gu, '');
  return typed.length === length && [...typed].every((letter) => letters.includes(letter)) ? typed : null;
}

/** As people read it. */
export function readableUserCode(userCode: string): string {
  return `${userCode.slice(0, length / 2)}-${userCode.slice(length / 2)}`;
}
