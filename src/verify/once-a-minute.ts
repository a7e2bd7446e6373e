/** Passes a problem on, and the same one again only after a minute: it comes up with every request. */
export function onceAMinute(tell: (problem: Error) => void): (problem: Error) => void {
  const told = new Map<string, number>();
  return (problem) => {
    const now = performance.now();
    if (now - (told.get(problem.message) ?? Number.NEGATIVE_INFINITY) < 60_000) return;
    if (told.size >= 100) told.clear();
    told.set(problem.message, now);
    tell(problem);
  };
}
