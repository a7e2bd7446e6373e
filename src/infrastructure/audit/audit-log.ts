import { openSync, statSync } from 'node:fs';
import sonicBoom from 'sonic-boom';
import type { AuditEvent, AuditTrail } from '../../application/ports/audit-trail.js';
import { auditLine } from './audit-line.js';

/** Where the trail is written: a stream of the process, or a file that is added to. */
export type AuditPlace = 'stdout' | 'stderr' | { readonly file: string };

/** Why AUDIT_LOG cannot be used, in one line for the operator. */
export class AuditLogError extends Error {
  constructor(file: string, cause: unknown) {
    super(`AUDIT_LOG ${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'AuditLogError';
  }
}

/** Milliseconds after which a line is written at the latest: what a process that is killed takes with it. */
const patience = 200;
/** Characters that are written at once before that. */
const together = 65_536;
/** Bytes that a pipe takes at once, so that lines of several processes are not mixed in it (pipe(7)). */
const pipeful = 4096;
/** Milliseconds for which what is left may take at the end. */
const parting = 5000;
/** Bytes that wait while nothing can be written; lines beyond are dropped. */
const mostWaiting = 16 * 1024 * 1024;

const descriptors = { stdout: 1, stderr: 2 };

/** A line of JSON for each event. A file is made for its owner only, and several processes may add to it. */
export class AuditLog implements AuditTrail {
  private readonly out: sonicBoom.SonicBoom;
  private readonly timer: NodeJS.Timeout;
  private readonly isPipe: boolean;
  private lines = '';
  private failing = false;

  /** @param failed hears it once when lines cannot be written, and again only when they could be meanwhile. Throws `AuditLogError`. */
  constructor(
    place: AuditPlace,
    private readonly failed: (error: Error) => void,
  ) {
    const fd = typeof place === 'string' ? descriptors[place] : opened(place.file);
    this.isPipe = typeof place === 'string';
    this.out = new sonicBoom.SonicBoom({ fd, sync: false, maxLength: mostWaiting, ...(this.isPipe && { maxWrite: pipeful }) });
    this.out.on('error', (error: Error) => this.fail(error));
    this.out.on('drop', () => this.fail(new Error('too much waits to be written; lines are dropped')));
    this.out.on('write', () => {
      this.failing = false;
    });
    this.timer = setInterval(() => this.write(), patience).unref();
  }

  record(event: AuditEvent): void {
    this.lines += auditLine(event);
    if (this.lines.length >= together) this.write();
  }

  /** Writes what is left, if it can be written in time. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.write();
    let giveUp: NodeJS.Timeout | undefined;
    const ended = new Promise<void>((resolve) => {
      this.out.once('close', () => resolve());
      this.out.once('error', () => resolve());
      giveUp = setTimeout(() => {
        this.fail(new Error('nobody takes it in time; lines are lost'));
        resolve();
      }, parting);
    });
    this.out.end();
    await ended;
    clearTimeout(giveUp);
  }

  private write(): void {
    const { lines } = this;
    if (lines === '') return;
    this.lines = '';
    // In a pipe as many whole lines go together as it takes at once.
    for (const piece of this.isPipe ? lines.split(/(?<=\n)/) : [lines]) this.out.write(piece);
  }

  private fail(error: Error): void {
    if (!this.failing) this.failed(error);
    this.failing = true;
  }
}

function opened(file: string): number {
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    // A pipe would be waited for until somebody reads it.
    if (there && !there.isFile() && !there.isCharacterDevice()) throw new Error('it is no file');
    return openSync(file, 'a', 0o600);
  } catch (error) {
    throw new AuditLogError(file, error);
  }
}
