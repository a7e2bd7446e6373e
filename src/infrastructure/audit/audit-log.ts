import sonicBoom from 'sonic-boom';
import { type Regular, regularly } from '../../application/operations/regularly.js';
import type { AuditEvent, AuditTrail } from '../../application/ports/audit-trail.js';
import { AuditFile } from './audit-file.js';
import { auditLine } from './audit-line.js';

/** Where the trail is written: a stream of the process, or a file that is added to. */
export type AuditPlace = 'stdout' | 'stderr' | { readonly file: string };

/** Milliseconds after which a line is written at the latest: what a process that is killed takes with it. */
const patience = 200;
/** Characters that are written at once before that. */
const together = 65_536;
/** Bytes that a pipe takes at once, so that lines of several processes are not mixed in it (pipe(7)). */
const pipeful = 4096;
/** Milliseconds for which what is left may take at the end. */
const parting = 5000;
/** Milliseconds between two looks whether the file was moved away. */
const lookPause = 1000;
/** Bytes that wait while nothing can be written; lines beyond are dropped. */
const mostWaiting = 16 * 1024 * 1024;

const descriptors = { stdout: 1, stderr: 2 };

/** A line of JSON for each event. Several processes may add to one file, and it may be moved away at any time (ADR 0039). */
export class AuditLog implements AuditTrail {
  private readonly timer: NodeJS.Timeout;
  private readonly looks: Regular | null;
  private readonly isPipe: boolean;
  private out: sonicBoom.SonicBoom;
  /** Resolves when all is written to files that were moved away. */
  private left: Promise<unknown> = Promise.resolve();
  private lines = '';
  private failing = false;

  /** @param failed hears it once when lines cannot be written, and again only when they could be meanwhile. Throws `AuditLogError`. */
  constructor(
    place: AuditPlace,
    private readonly failed: (error: Error) => void,
  ) {
    this.isPipe = typeof place === 'string';
    if (typeof place === 'string') {
      this.out = this.writingTo(descriptors[place]);
      this.looks = null;
    } else {
      const file = new AuditFile(place.file);
      this.out = this.writingTo(file.fd);
      this.looks = this.following(file);
    }
    this.timer = setInterval(() => this.write(), patience).unref();
  }

  record(event: AuditEvent): void {
    this.lines += auditLine(event);
    if (this.lines.length >= together) this.write();
  }

  /** Writes what is left, if it can be written in time. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.looks?.stop();
    this.write();
    await Promise.all([this.left, this.ended(this.out)]);
  }

  private write(): void {
    const { lines } = this;
    if (lines === '') return;
    this.lines = '';
    // In a pipe as many whole lines go together as it takes at once.
    for (const piece of this.isPipe ? lines.split(/(?<=\n)/) : [lines]) this.out.write(piece);
  }

  private writingTo(fd: number): sonicBoom.SonicBoom {
    const out = new sonicBoom.SonicBoom({ fd, sync: false, maxLength: mostWaiting, ...(this.isPipe && { maxWrite: pipeful }) });
    out.on('error', (error: Error) => this.fail(error));
    out.on('drop', () => this.fail(new Error('too much waits to be written; lines are dropped')));
    out.on('write', () => {
      this.failing = false;
    });
    return out;
  }

  /** Goes on in a new file when the one that is open was moved away. What was given to that one before still goes there; so does all while no other can be made. */
  private following(file: AuditFile): Regular {
    let told = false;
    const follow = async () => {
      const elsewhere = await file.isElsewhere();
      if (elsewhere) file = file.anew();
      told = false;
      if (!elsewhere) return;
      this.left = Promise.all([this.left, this.ended(this.out)]);
      this.out = this.writingTo(file.fd);
    };
    return regularly(follow, lookPause, (error) => {
      if (!told && error instanceof Error) this.failed(error);
      told = true;
    });
  }

  /** Ends it and resolves when what it was given is written, or cannot be in time. */
  private async ended(out: sonicBoom.SonicBoom): Promise<void> {
    let giveUp: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      out.once('close', () => resolve());
      out.once('error', () => resolve());
      giveUp = setTimeout(() => {
        this.fail(new Error('nobody takes it in time; lines are lost'));
        resolve();
      }, parting);
    });
    out.end();
    await over;
    clearTimeout(giveUp);
  }

  private fail(error: Error): void {
    if (!this.failing) this.failed(error);
    this.failing = true;
  }
}
