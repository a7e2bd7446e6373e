/** After the slashes before a host, and before what begins the next part. */
const between = /(?<=:\/\/)|(?<=[^:/])(?=[/.@?#&])/;

/** The parts of a host, an e-mail address, a URI or a path, between which a line may end; together they are the address again. */
export function addressParts(address: string): string[] {
  return address.split(between);
}
