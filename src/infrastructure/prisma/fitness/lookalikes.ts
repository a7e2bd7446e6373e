import { type Lookalike, lookalikesTold } from './database-facts.js';

/** All of them, or as many as are told at once: `the operator -(text,text) of the role eve and the routine public.max(text[]) of the role bob, which are called as …`. */
export function inWords(lookalikes: readonly Lookalike[]): string {
  const names = lookalikes.slice(0, lookalikesTold).map(({ kind, name, owner }) => `the ${kind.toLowerCase()} ${name} of the role ${owner}`);
  if (lookalikes.length === 1) return `${names[0]}, which is called as one of PostgreSQL's own`;
  const last = lookalikes.length > lookalikesTold ? 'others' : names.pop();
  return `${names.join(', ')} and ${last}, which are called as PostgreSQL's own are`;
}

/** What to do about them. Operators go first: they may rest on the routines. */
export function dropping(lookalikes: readonly Lookalike[]): string {
  const told = lookalikes.slice(0, lookalikesTold);
  const statements = (['OPERATOR', 'ROUTINE'] as const).flatMap((kind) => {
    const names = told.filter((one) => one.kind === kind).map(({ name }) => name);
    return names.length === 0 ? [] : `DROP ${kind} ${names.join(', ')}`;
  });
  const rest = lookalikes.length > lookalikesTold ? '; the others are told then' : '';
  return `find out who put ${lookalikes.length === 1 ? 'it' : 'them'} there; then ${statements.join('; ')}${rest}`;
}
