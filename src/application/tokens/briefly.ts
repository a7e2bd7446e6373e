const most = 3;
const longest = 40;

/** Names that a client sent, for an error description: a few, each cut short, because what it sent may be anything and of any length. */
export function briefly(names: readonly string[]): string {
  const shown = names.slice(0, most).map((name) => (name.length > longest ? `${name.slice(0, longest)}...` : name));
  return names.length > most ? `${shown.join(' ')} and ${names.length - most} more` : shown.join(' ');
}
