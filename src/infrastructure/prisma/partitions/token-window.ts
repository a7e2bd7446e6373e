/** A span of time: the access tokens that were issued in it share a partition. */
export interface TokenWindow {
  readonly from: Date;
  readonly before: Date;
}

const hour = 3_600_000;

/** Windows begin at whole multiples of this many hours, or of a multiple of it. */
const step = 6 * hour;

/**
 * How wide a window is, in milliseconds, for tokens that live `lifetime` seconds. A statement that looks for a token locks every partition, so there must be
 * few; a dead token stays until its whole window is dead, so they must not be wide.
 */
export function windowWidth(lifetime: number): number {
  return Math.max(1, Math.ceil((lifetime * 1000) / 4 / step)) * step;
}

/**
 * The windows that are not there yet, from that of an hour ago, for clocks that are behind, to one whole window ahead of `now`. `coveredUntil`: where the last
 * one ends, or `null`.
 */
export function missingWindows(now: Date, coveredUntil: Date | null, lifetime: number): TokenWindow[] {
  const width = windowWidth(lifetime);
  const windows: TokenWindow[] = [];
  for (let from = Math.max(Math.floor((now.getTime() - hour) / width) * width, coveredUntil?.getTime() ?? 0); from < now.getTime() + width; ) {
    const before = (Math.floor(from / width) + 1) * width;
    windows.push({ from: new Date(from), before: new Date(before) });
    from = before;
  }
  return windows;
}

/** The moment in an identifier of version 7. */
export function momentOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** `access_tokens_20261128_1800`, by its beginning in UTC. */
export function partitionName({ from }: TokenWindow): string {
  const [day = '', time = ''] = from.toISOString().split('T');
  return `access_tokens_${day.replaceAll('-', '')}_${time.slice(0, 5).replace(':', '')}`;
}
