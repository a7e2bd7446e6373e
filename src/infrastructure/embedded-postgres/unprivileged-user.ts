import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

export interface UnprivilegedUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who PostgreSQL runs as when we are root, which it refuses; `null` when we are not. `initdb` looks its user up by number, so it must be one that
 * the machine knows: the owner of the folder, else `postgres`, else `nobody`, else whoever is there.
 */
export async function unprivilegedUser(folder: string): Promise<UnprivilegedUser | null> {
  if (process.getuid?.() !== 0) return null;
  const users = await knownUsers();
  const owner = await stat(folder).catch(() => null);
  if (owner !== null && owner.uid !== 0) {
    return users.find((user) => user.uid === owner.uid) ?? { name: String(owner.uid), uid: owner.uid, gid: owner.gid };
  }
  const user = users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody') ?? users[0];
  if (user === undefined) throw new EmbeddedPostgresError('PostgreSQL does not run as root and this machine has no other user: set DATABASE_URL');
  return user;
}

async function knownUsers(): Promise<UnprivilegedUser[]> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  return lines
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid >= 0);
}

/** The first folder on the way to `path` that the user may not enter; `null` when the way is open. */
export async function blockingFolder(user: UnprivilegedUser, path: string): Promise<string | null> {
  const parent = dirname(path);
  const above = parent === path ? null : await blockingFolder(user, parent);
  if (above !== null) return above;
  const { uid, gid, mode } = await stat(path);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  return (mode & bit) === 0 ? path : null;
}
