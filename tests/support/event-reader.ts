import { get, type IncomingMessage } from 'node:http';
import { vi } from 'vitest';

export interface ReceivedEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: Record<string, unknown>;
  /** `performance.now()` when it came. */
  readonly at: number;
}

/** Reads server-sent events as EventSource does, but can authenticate, and says what it was told. */
export class EventReader {
  readonly events: ReceivedEvent[] = [];
  readonly comments: string[] = [];
  ended = false;
  lastId: string | null = null;
  private rest = '';

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8').on('data', (chunk: string) => this.take(chunk));
    response
      .on('error', () => undefined)
      .on('close', () => {
        this.ended = true;
      });
  }

  /** Resolves when the answer begins, whatever its status. */
  static open(address: string, headers: Record<string, string>): Promise<EventReader> {
    return new Promise((resolve, reject) => {
      get(address, { headers: { accept: 'text/event-stream', ...headers }, agent: false }, (response) => resolve(new EventReader(response))).on(
        'error',
        reject,
      );
    });
  }

  /** Those of one name, as soon as there are so many. */
  async all(event: string, count: number): Promise<ReceivedEvent[]> {
    const found = () => this.events.filter((one) => one.event === event);
    await vi.waitFor(
      () => {
        if (found().length < count) throw new Error(`${found().length} of ${count} ${event}`);
      },
      { timeout: 45_000, interval: 2 },
    );
    return found();
  }

  close(): void {
    this.response.destroy();
  }

  private take(chunk: string): void {
    const blocks = (this.rest + chunk).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) this.block(block.split('\n'));
  }

  private block(lines: readonly string[]): void {
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
    if (lines[0]?.startsWith(':')) this.comments.push(lines[0]);
    const [id, data] = [field('id'), field('data')];
    if (id !== null) this.lastId = id;
    if (data === null) return;
    this.events.push({ event: field('event') ?? 'message', id, data: JSON.parse(data) as Record<string, unknown>, at: performance.now() });
  }
}
