/** More texts than the repositories have; Prisma makes a new one for every number of keys it looks up together. */
const mostNames = 500;

/** Names each text of SQL, so that a connection prepares it once. Texts past the bound go without: an empty name means unprepared. */
export function statementNames(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= mostNames) return known ?? '';
    const name = `keywright_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
