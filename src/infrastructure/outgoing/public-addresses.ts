import ipaddr from 'ipaddr.js';

/**
 * Is this an address of the public Internet? Everything with a special purpose is not (RFC 6890): this machine, private networks, link-local (where clouds
 * keep their credentials), multicast, and of IPv6 all but global unicast (RFC 4291 §2.4), so that no IPv4 address comes in disguise.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || isGlobal(parsed.toByteArray()));
}

/** 2000::/3 */
function isGlobal([first = 0]: number[]): boolean {
  return first >> 5 === 1;
}
