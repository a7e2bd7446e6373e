/** A name as it is written in SQL: in statements, and in advice that an operator pastes. */
export function sqlName(name: string | null | undefined): string {
  return `"${(name ?? '').replaceAll('"', '""')}"`;
}
