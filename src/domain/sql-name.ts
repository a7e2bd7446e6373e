/** A name as it is written in SQL, for advice that an operator pastes. */
export function sqlName(name: string | null | undefined): string {
  return `"${(name ?? '').replaceAll('"', '""')}"`;
}
