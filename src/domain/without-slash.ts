/** An address without the one slash that may stand at its end: two are taken for the same when these are. */
export function withoutSlash(address: string): string {
  return address.endsWith('/') ? address.slice(0, -1) : address;
}
