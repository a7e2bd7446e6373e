import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/** Finds the addresses of a host. */
export type AddressesOf = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Milliseconds for each of the two tries of a query. */
const patience = 1500;

/** By DNS alone: it is asked without the threads of this process, which a host whose name servers are slow would otherwise hold. Rejects when there are none. */
export const addressesByDns: AddressesOf = async (hostname) => {
  const literal = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(literal);
  if (family !== 0) return [{ address: literal, family }];
  const resolver = new Resolver({ timeout: patience, tries: 2 });
  const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (found.length === 0 && four.status === 'rejected') throw four.reason;
  return found;
};
