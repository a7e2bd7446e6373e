import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Why AUDIT_LOG cannot be used, in one line for the operator. */
export class AuditLogError extends Error {
  constructor(file: string, cause: unknown) {
    super(`AUDIT_LOG ${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'AuditLogError';
  }
}

/** To be added to. A pipe would be waited for until somebody reads it: this way it is an error. */
const waitingForNobody = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NONBLOCK;

const noFile = new Error('it is no file');

/** A file that is open to be added to; it is made for its owner only. */
export class AuditFile {
  readonly fd: number;
  private readonly opened: Stats;

  /** Throws `AuditLogError`. */
  constructor(private readonly path: string) {
    try {
      this.fd = openSync(path, waitingForNobody, 0o600);
      this.opened = fstatSync(this.fd);
      if (!this.opened.isFile() && !this.opened.isCharacterDevice()) {
        closeSync(this.fd);
        throw noFile;
      }
    } catch (error) {
      throw new AuditLogError(path, (error as NodeJS.ErrnoException).code === 'ENXIO' ? noFile : error);
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
