import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, startProgram } from './server-program.js';

const pgBouncer = '/usr/sbin/pgbouncer';
export const hasPooler = isInstalled(pgBouncer);

export interface Pooler {
  /** The same database by way of the pooler. */
  through(databaseUrl: string): string;
  /** It dies, and another takes its place. */
  replace(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A PgBouncer in transaction mode before the server of a database, on a socket of its own: every transaction is on whichever connection was idle the longest, so that
 * whoever relies on the one before is found out.
 */
export async function startPooler(databaseUrl: string): Promise<Pooler> {
  const { hostname, port, username, password } = new URL(databaseUrl);
  const home = await mkdtemp(join(tmpdir(), 'keywright-pooler-'));
  const settings = join(home, 'pgbouncer.ini');
  await writeFile(
    settings,
    `[databases]
* = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
unix_socket_dir = ${home}
listen_port = ${socketNumber}
auth_type = any
pool_mode = transaction
server_round_robin = 1
server_login_retry = 1
max_client_conn = 1000
default_pool_size = 5
`,
  );
  await chmod(home, 0o777);
  await chmod(settings, 0o644);
  // It does not run as root.
  const args = [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), settings];
  let program = startProgram(pgBouncer, args, null);
  return {
    through(url) {
      const address = new URL(url);
      address.port = String(socketNumber);
      address.searchParams.set('host', home);
      return address.href;
    },
    async replace() {
      await program.stop();
      program = startProgram(pgBouncer, args, null);
    },
    async stop() {
      await program.stop();
      await rm(home, { recursive: true });
    },
  };
}

/** Only part of the name of its socket. */
const socketNumber = 6432;
