const units = [
  { name: 'day', letter: 'd', seconds: 86_400 },
  { name: 'hour', letter: 'h', seconds: 3600 },
  { name: 'minute', letter: 'm', seconds: 60 },
  { name: 'second', letter: 's', seconds: 1 },
] as const;

const typed = /^(\d{1,10})\s*(s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)?$/i;

/** Seconds as people say them, in the largest unit that leaves nothing over: `90 days`. */
export function lifetimeText(seconds: number): string {
  const unit = units.find((candidate) => seconds % candidate.seconds === 0) ?? units[3];
  const count = seconds / unit.seconds;
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}

/** The seconds that were meant; a bare number means seconds. `null` for nothing, `NaN` for what cannot be understood. */
export function typedLifetime(text: string): number | null {
  if (text.trim() === '') return null;
  const [, count, word] = typed.exec(text.trim()) ?? [];
  const unit = units.find(({ letter }) => letter === (word ?? 's')[0]?.toLowerCase());
  return unit ? Number(count) * unit.seconds : Number.NaN;
}

/** The server's own lifetimes, in words: what holds where a client names none. */
export interface UsualLifetimes {
  readonly accessToken: string;
  readonly refreshTokenIdle: string;
  readonly refreshTokenAbsolute: string;
}

/** In words what they are in seconds. */
export function usualLifetimes(seconds: Record<keyof UsualLifetimes, number>): UsualLifetimes {
  const { accessToken, refreshTokenIdle, refreshTokenAbsolute } = seconds;
  return { accessToken: lifetimeText(accessToken), refreshTokenIdle: lifetimeText(refreshTokenIdle), refreshTokenAbsolute: lifetimeText(refreshTokenAbsolute) };
}
