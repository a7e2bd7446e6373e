/** `count` calls at once. */
export function atOnce<Result>(count: number, call: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => call(index)));
}

/** How often each outcome came up. */
export function tally(outcomes: readonly (string | { readonly outcome: string })[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of outcomes) {
    const outcome = typeof result === 'string' ? result : result.outcome;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

/** A race run ten times, one after the other: a store that has yet to connect lets the first calls by in single file, and an error may be lucky. */
export async function tenTimes(race: () => Promise<void>): Promise<void> {
  for (let round = 0; round < 10; round += 1) await race();
}
