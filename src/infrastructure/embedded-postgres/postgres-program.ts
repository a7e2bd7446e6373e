import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { chown, mkdir } from 'node:fs/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.js';
import type { PostgresFolder } from './postgres-folder.js';
import { blockingFolder, type UnprivilegedUser, unprivilegedUser } from './unprivileged-user.js';

/**
 * PostgreSQL's programs, run as somebody who is not root. Where that user cannot reach the binaries or the data (a clone under /root, or in a folder of
 * `mktemp -d`), the program keeps root's right to pass through folders and nothing else of root.
 */
export class PostgresProgram {
  private constructor(
    private readonly binaries: PostgresBinaries,
    private readonly user: UnprivilegedUser | null,
    private readonly wayBlockedAt: string | null,
  ) {}

  static async find(folder: PostgresFolder): Promise<PostgresProgram> {
    const user = await unprivilegedUser(folder.home);
    const binaries = await findPostgresBinaries(folder.links);
    if (user === null) return new PostgresProgram(binaries, null, null);
    const blocked = (await blockingFolder(user, binaries.postgres)) ?? (await blockingFolder(user, folder.dataDir));
    return new PostgresProgram(binaries, user, blocked);
  }

  /** Makes a folder that belongs to the user PostgreSQL runs as. */
  async makeFolder(path: string): Promise<void> {
    await mkdir(path, { mode: 0o700 });
    await this.own(path);
  }

  async own(path: string): Promise<void> {
    if (this.user !== null) await chown(path, this.user.uid, this.user.gid);
  }

  /** Starts a program in a session of its own: Ctrl-C at the terminal is for us, and PostgreSQL must outlive the requests we still answer. */
  spawn(name: 'initdb' | 'postgres', args: readonly string[], stdio: StdioOptions, env: Readonly<Record<string, string>> = {}): ChildProcess {
    const options = { cwd: '/', detached: true, stdio, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', ...this.binaries.env, ...env } };
    if (this.user === null) return spawn(this.binaries[name], args, options);
    if (this.wayBlockedAt === null) return spawn(this.binaries[name], args, { ...options, uid: this.user.uid, gid: this.user.gid });
    return spawn('setpriv', [...passingThroughFolders(this.user), this.binaries[name], ...args], options);
  }

  /** Turns a failure into a sentence that names what stood in the way. */
  failure(step: string, detail: string, cause?: unknown): EmbeddedPostgresError {
    const hint = this.wayBlockedAt !== null ? this.blockedHint(this.wayBlockedAt) : isMissing(cause) ? '; its programs need glibc' : '';
    return new EmbeddedPostgresError(`the embedded PostgreSQL did not start (${step}): ${detail}${hint}; or set DATABASE_URL to use another`, { cause });
  }

  private blockedHint(folder: string): string {
    return `; it runs as ${this.user?.name}, who may not enter ${folder}: run Keywright as an ordinary user, or allow that with chmod o+x`;
  }
}

/** Spawning answers "no such file" also when the loader that a program names is not there, as on Alpine. */
function isMissing(cause: unknown): boolean {
  return (cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}

/** `no_setuid_fixup`, because `access(2)` otherwise ignores the capability, and PostgreSQL asks it about its own binaries. */
function passingThroughFolders({ uid, gid }: UnprivilegedUser): string[] {
  const capability = ['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override', '--bounding-set=-all,+dac_override'];
  return [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...capability, '--securebits=+no_setuid_fixup', '--'];
}
