import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, startProgram, untilAnswered } from './server-program.js';

const pgBouncer = '/usr/sbin/pgbouncer';
export const hasPooler = isInstalled(pgBouncer);

export interface Pooler {
  /** The same database by way of the pooler. */
  through(databaseUrl: string): string;
  /** It dies; `start` lets another take its place. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A PgBouncer in transaction mode before the server of a database, on a socket of its own: every transaction is on whichever connection was idle the longest, so that
 * whoever relies on the one before is found out. `ignored`: what it takes when somebody connects, and does not pass on.
 */
export async function startPooler(databaseUrl: string, ignored = 'extra_float_digits'): Promise<Pooler> {
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
ignore_startup_parameters = ${ignored}
max_client_conn = 1000
default_pool_size = 5
`,
  );
  await chmod(home, 0o777);
  await chmod(settings, 0o644);
  // It does not run as root.
  const args = [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), settings];
  let program = startProgram(pgBouncer, args, null);
  await listening(home);
  return {
    through(url) {
      const address = new URL(url);
      address.port = String(socketNumber);
      address.searchParams.set('host', home);
      return address.href;
    },
    kill: () => program.stop(),
    async start() {
      program = startProgram(pgBouncer, args, null);
      await listening(home);
    },
    async stop() {
      await program.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function listening(home: string): Promise<void> {
  const accepts = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(join(home, `.s.PGSQL.${socketNumber}`), () => socket.end(resolve));
      socket.once('error', reject);
    });
  return untilAnswered('PgBouncer', accepts);
}

/** Only part of the name of its socket. */
const socketNumber = 6432;
