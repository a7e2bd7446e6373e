import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type Notification } from 'pg';
import type { ChangeNotices, NoticeKind, NoticeListener } from '../../application/ports/change-notices.js';
import { NoticeBoard } from '../../application/ports/notice-board.js';
import { noticesName } from './connection-settings.js';

/** Milliseconds. A line that dies without a word is noticed after `heartbeat` and `answer`; a lost one is sought again at once, then ever more rarely. */
const times = { answer: 2000, heartbeat: 2000, firstPause: 50, longestPause: 5000 };

const channels: Readonly<Record<string, NoticeKind>> = {
  keywright_clients: 'clients',
  keywright_resource_servers: 'resource_servers',
  keywright_revocations: 'revocations',
};
const probeChannel = 'keywright_probe';

/**
 * Notices over LISTEN and NOTIFY, heard on a connection of their own, which is made again whenever it is lost. `notify` sends one over another connection:
 * that is how it is found out whether this one hears at all, which behind a pooler that lends out connections by transaction it does not.
 */
export class PostgresNotices implements ChangeNotices {
  private readonly board = new NoticeBoard(null);
  private readonly closing = new AbortController();
  private listening: Promise<void> | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly applicationName: string,
    private readonly notify: (channel: string, payload: string) => Promise<unknown>,
  ) {
    // A pause that nobody waits for any longer runs on for its two seconds; where the line is lost again and again they are several.
    setMaxListeners(0, this.closing.signal);
  }

  subscribe(kind: NoticeKind, listener: NoticeListener): () => void {
    if (this.closing.signal.aborted) return () => undefined;
    this.listening ??= this.listenAgainAndAgain();
    return this.board.subscribe(kind, listener);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.listening;
  }

  private async listenAgainAndAgain(): Promise<void> {
    let wait = times.firstPause;
    const heard = () => {
      wait = times.firstPause;
      this.board.resumed();
    };
    while (!this.closing.signal.aborted) {
      const cause = await this.listen(heard);
      // Whoever closes the store need not be told that it hears no more.
      if (this.closing.signal.aborted) return;
      this.board.lost(cause);
      await this.sleep(wait);
      wait = Math.min(wait * 2, times.longestPause);
    }
  }

  /** Listens until the line is lost; answers why it was. */
  private async listen(heard: () => void): Promise<unknown> {
    const client = new Client({
      connectionString: this.databaseUrl,
      connectionTimeoutMillis: times.answer,
      query_timeout: times.answer,
      keepAlive: true,
      application_name: `${this.applicationName}${noticesName}`,
    });
    const ended = new Promise<Error>((resolve) => client.once('error', resolve).once('end', () => resolve(new Error('the connection has ended'))));
    // One that breaks while it is being closed says so, and nobody minds.
    client.on('error', () => undefined).on('notification', ({ channel, payload = '' }) => this.announce(channel, payload));
    try {
      await client.connect();
      for (const channel of [...Object.keys(channels), probeChannel]) await client.query(`LISTEN ${channel}`);
      await this.probe(client);
      heard();
      return await this.untilLost(client, ended);
    } catch (cause) {
      return cause;
    } finally {
      // One with a question in flight is cut off; of the others PostgreSQL is told, and how long it takes to hear that is nobody's concern.
      client.end().catch(() => undefined);
    }
  }

  private announce(channel: string, payload: string): void {
    const kind = channels[channel];
    if (kind) this.board.changed(kind, payload);
  }

  private async probe(client: Client): Promise<void> {
    const token = randomUUID();
    const heard = new Promise<true>((resolve) => {
      client.on('notification', ({ payload }: Notification) => payload === token && resolve(true));
    });
    await this.notify(probeChannel, token);
    if ((await Promise.race([heard, this.sleep(times.answer)])) !== true)
      throw new Error('the connection for notices hears none: a pooler between here and PostgreSQL, or another database? Set or correct DATABASE_DIRECT_URL');
  }

  private async untilLost(client: Client, ended: Promise<Error>): Promise<unknown> {
    while (!this.closing.signal.aborted) {
      const cause = await Promise.race([ended, this.sleep(times.heartbeat)]);
      if (cause) return cause;
      await client.query('SELECT 1');
    }
    return undefined;
  }

  /** Resolves early, and without an error, when the store is closed. */
  private async sleep(milliseconds: number): Promise<undefined> {
    await pause(milliseconds, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined);
  }
}
