/**
 * What one subscriber holds of a network address: an IPv4 address, or the /64 of an IPv6 address, because within it they pick addresses as they please
 * (RFC 6177). An IPv4 address in IPv6 clothing (RFC 4291 §2.5.5.2) counts as what it is. What is no address stays as it is.
 */
export function addressBlock(address: string): string {
  const text = address.toLowerCase().split('%', 1)[0] as string;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  if (!text.includes(':')) return text;
  const [head = [], tail] = text.split('::', 2).map((part) => (part === '' ? [] : part.split(':'))) as [string[], string[] | undefined];
  const zeros = tail === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array<string>(Math.max(0, zeros)).fill('0'), ...(tail ?? [])];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
