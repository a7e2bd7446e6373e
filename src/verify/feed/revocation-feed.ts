import type { IncomingMessage } from 'node:http';
import type { KeywrightConnection } from '../keywright-connection.js';
import { EventStream, type StreamEvent } from './event-stream.js';
import { Pauses } from './pauses.js';
import { readEntry } from './revocation-entry.js';
import { Revocations } from './revocations.js';

/** Keywright sends at least a comment every 15 seconds; where nothing came for this long the line is dead. Milliseconds. */
const silence = 30_000;
/** What was missed follows the start at once. When nothing has come for this long, it was all. Milliseconds. */
const quiet = 250;
/** Entries kept, about 300 bytes each. */
const mostEntries = 100_000;

/** Listens to what Keywright revokes (docs/revocation-feed.md), and comes back to where it was whenever the line breaks. */
export class RevocationFeed {
  readonly revocations = new Revocations(mostEntries);
  private readonly pauses = new Pauses();
  private state: 'idle' | 'listening' | 'closed' = 'idle';
  private stream: IncomingMessage | null = null;
  private cursor = '';
  /** Milliseconds: until then what was known before is trusted without the feed; infinite while it is followed. */
  private trustedUntil = 0;
  private catchingUpUntil = 0;
  private caughtUp: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: KeywrightConnection,
    /** Seconds. */
    private readonly settings: { readonly maxAgeWithoutFeed: number; readonly clockTolerance: number },
    private readonly onProblem: (problem: Error) => void,
  ) {}

  /** Is everything known that was revoked, or was it until so short a time ago that it may be trusted? `now` in milliseconds. */
  follows(now: number): boolean {
    return now < this.trustedUntil;
  }

  /** Begins to listen, if it does not yet. */
  start(): void {
    if (this.state !== 'idle') return;
    this.state = 'listening';
    void this.listen();
  }

  close(): void {
    this.state = 'closed';
    this.trustedUntil = 0;
    this.pauses.end();
    this.stream?.destroy();
  }

  private async listen(): Promise<void> {
    while (this.state === 'listening') {
      try {
        this.stream = await this.connection.open('/oauth/revocations', this.headers());
        await this.read(this.stream);
      } catch (error) {
        if (this.state !== 'listening') return;
        this.onProblem(new Error(`the revocation feed of Keywright is not followed: ${(error as Error).message}`, { cause: error }));
      }
      this.stream?.destroy();
      this.lost();
      if (this.state === 'listening') await this.pauses.next();
    }
  }

  private headers(): Record<string, string> {
    return { accept: 'text/event-stream', 'cache-control': 'no-store', ...(this.cursor !== '' && { 'last-event-id': this.cursor }) };
  }

  /** Until the stream ends. Throws when it is none. */
  private async read(response: IncomingMessage): Promise<void> {
    const { statusCode = 0, headers } = response;
    if (statusCode !== 200 || !headers['content-type']?.startsWith('text/event-stream')) {
      // "begin without one, and forget everything known"
      if (statusCode === 400) this.cursor = '';
      this.pauses.atLeast(Number(headers['retry-after']) || (statusCode === 401 || statusCode === 404 ? 30 : 0));
      throw new Error(`GET /oauth/revocations answers ${statusCode}`);
    }
    // It alone must not keep the process from ending.
    response.socket.unref();
    response.socket.setTimeout(silence, () => response.destroy(new Error(`nothing was heard for ${silence / 1000} seconds`)));
    const events = new EventStream();
    for await (const chunk of response) for (const event of events.push(chunk)) this.take(event);
  }

  private take(event: StreamEvent): void {
    const now = Date.now();
    if (event.type === 'start') this.started(now);
    else if (event.type === 'reset') this.forget(now);
    else if (event.type === 'revoked') {
      const entry = readEntry(event.data);
      if (entry) this.revocations.add(entry, now);
      else this.forget(now);
    }
    if (now < this.catchingUpUntil) this.catchUp(now);
    if (event.id !== '') this.cursor = event.id;
  }

  private started(now: number): void {
    this.pauses.reset();
    if (this.cursor !== '') {
      this.catchUp(now);
    } else {
      this.forget(now);
      this.trustedUntil = Number.POSITIVE_INFINITY;
    }
  }

  /** Of what was revoked before now nothing is known. By this clock, which may be behind the one that dates the tokens. */
  private forget(now: number): void {
    this.revocations.startAt(now + this.settings.clockTolerance * 1000);
  }

  private catchUp(now: number): void {
    this.catchingUpUntil = now + quiet;
    clearTimeout(this.caughtUp);
    this.caughtUp = setTimeout(() => {
      if (this.state === 'listening') this.trustedUntil = Number.POSITIVE_INFINITY;
    }, quiet).unref();
  }

  private lost(): void {
    clearTimeout(this.caughtUp);
    if (this.trustedUntil === Number.POSITIVE_INFINITY) this.trustedUntil = Date.now() + this.settings.maxAgeWithoutFeed * 1000;
  }
}
