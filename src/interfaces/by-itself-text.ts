const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** That nothing has to be registered for these programs, as the pages and the command line say it; `null` where there is none. */
export function byItselfText(programs: readonly string[]): string | null {
  if (programs.length === 0) return null;
  const [connect, introduce, it, ask] =
    programs.length === 1 ? ['connects', 'it introduces itself', 'it', 'it asks'] : ['connect', 'they introduce themselves', 'them', 'one of them asks'];
  return `${list.format(programs)} ${connect} without being registered: ${introduce}. Give ${it} the address of your MCP server. Register an app here only where ${ask} for a client id.`;
}
