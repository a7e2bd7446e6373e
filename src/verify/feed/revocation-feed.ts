import type { IncomingMessage } from 'node:http';
import type { KeywrightConnection } from '../keywright-connection.js';
import { EventStream, type StreamEvent } from './event-stream.js';
import { Pauses } from './pauses.js';
import { readEntry } from './revocation-entry.js';
import { Revocations } from './revocations.js';

/** Entries kept, about 300 bytes each. */
const mostEntries = 100_000;

/** Listens to what Keywright revokes (docs/revocation-feed.md), and comes back to where it was whenever the line breaks. */
export class RevocationFeed {
  readonly revocations = new Revocations(mostEntries);
  private readonly pauses = new Pauses();
  private state: 'idle' | 'listening' | 'closed' = 'idle';
  private stream: IncomingMessage | null = null;
  private cursor = '';
  /** By `performance.now()`: until then what was known before is trusted without the feed; infinite while it is followed. */
  private trustedUntil = 0;

  constructor(
    private readonly connection: KeywrightConnection,
    /** Seconds. */
    private readonly settings: { readonly maxAgeWithoutFeed: number; readonly feedTimeout: number; readonly clockTolerance: number },
    private readonly onProblem: (problem: Error) => void,
  ) {}

  /** Is everything known that was revoked, or was it until so short a time ago that it may be trusted? `now` of `performance.now()`. */
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
    const { feedTimeout } = this.settings;
    response.socket.setTimeout(feedTimeout * 1000, () => response.destroy(new Error(`nothing was heard for ${feedTimeout} seconds`)));
    const events = new EventStream();
    for await (const chunk of response) for (const event of events.push(chunk)) this.take(event);
  }

  private take(event: StreamEvent): void {
    if (this.state !== 'listening') return;
    const now = Date.now();
    // It begins from here on: nothing is known of what was before.
    if (event.type === 'reset' || (event.type === 'start' && this.cursor === '')) this.forget(now);
    else if (event.type === 'current') this.caughtUp();
    else if (event.type === 'revoked') {
      const entry = readEntry(event.data);
      if (entry) this.revocations.add(entry, now);
      else this.forget(now);
    }
    if (event.id !== '') this.cursor = event.id;
  }

  /** All that was missed has been told. */
  private caughtUp(): void {
    this.pauses.reset();
    this.trustedUntil = Number.POSITIVE_INFINITY;
  }

  /** Of what was revoked before now nothing is known. By this clock, which may be behind the one that dates the tokens. */
  private forget(now: number): void {
    this.revocations.startAt(now + this.settings.clockTolerance * 1000);
  }

  private lost(): void {
    if (this.trustedUntil === Number.POSITIVE_INFINITY) this.trustedUntil = performance.now() + this.settings.maxAgeWithoutFeed * 1000;
  }
}
