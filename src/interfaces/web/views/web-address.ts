export interface WebAddress {
  readonly href: string;
  /** In ASCII (`xn--…`), so that no letter passes for another. */
  readonly host: string;
}

/** A link that a client gave about itself; `null` unless it is an ordinary web address. */
export function webAddress(uri: string | null | undefined): WebAddress | null {
  if (!uri || !/^https?:\/\//i.test(uri) || !URL.canParse(uri)) return null;
  const url = new URL(uri);
  return { href: url.href, host: url.host };
}
