import { fstatSync, openSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Why AUDIT_LOG cannot be used, in one line for the operator. */
export class AuditLogError extends Error {
  constructor(file: string, cause: unknown) {
    super(`AUDIT_LOG ${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'AuditLogError';
  }
}

/** A file that is open to be added to; it is made for its owner only. */
export class AuditFile {
  readonly fd: number;
  private readonly opened: { readonly dev: number; readonly ino: number };

  /** Throws `AuditLogError`. */
  constructor(private readonly path: string) {
    try {
      const there = statSync(path, { throwIfNoEntry: false });
      // A pipe would be waited for until somebody reads it.
      if (there && !there.isFile() && !there.isCharacterDevice()) throw new Error('it is no file');
      this.fd = openSync(path, 'a', 0o600);
      this.opened = fstatSync(this.fd);
    } catch (error) {
      throw new AuditLogError(path, error);
    }
  }

  /** Whether its path leads to another file by now, or to none: it was moved away, as logrotate does, or removed. */
  async isElsewhere(): Promise<boolean> {
    const there = await stat(this.path).catch(() => null);
    return there?.ino !== this.opened.ino || there.dev !== this.opened.dev;
  }

  /** The file to which the path leads now; it is made where there is none. Throws `AuditLogError`. */
  anew(): AuditFile {
    return new AuditFile(this.path);
  }
}
