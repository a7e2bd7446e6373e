import type { Reach } from '../../../../domain/authorization/connection.js';

/** Whose access an end of everything ends, before it is done. */
export function reachText({ people, grants, more }: Reach): string {
  if (more) return `It ends the access of very many people at once: more than ${grants.toLocaleString('en')} grants, with every token that came of them.`;
  if (people === 0) return 'Nobody is connected with it, so nobody loses anything.';
  return `It ends the access of ${counted(people, 'person', 'people')} at once: ${counted(grants, 'grant', 'grants')}, with every token that came of ${grants === 1 ? 'it' : 'them'}.`;
}

function counted(count: number, one: string, several: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : several}`;
}
