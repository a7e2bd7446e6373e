import { isResourceServerId } from '../../domain/resources/resource-server.js';
import type { ChangeNotices, NoticeKind } from '../ports/change-notices.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';

/** With what somebody authenticated who stays. */
export interface UsedCredentials {
  /** Of a client or of a resource server. */
  readonly callerId: string;
  readonly secretId: string;
}

/** Milliseconds between two looks while changes are not heard. */
const lookEvery = 1000;

interface Watched extends UsedCredentials {
  readonly kind: NoticeKind;
  readonly ended: () => void;
}

/**
 * Says when credentials are no longer good with which somebody opened something that lasts: the secret was removed, or the resource server with it. Within milliseconds
 * where changes are heard, within about a second where they are not. Nothing ends because the store does not answer: the log that is read then ends it.
 */
export class WatchCredentials {
  private readonly watched = new Set<Watched>();
  private subscribed = false;
  private looking: NodeJS.Timeout | undefined;

  constructor(
    private readonly servers: Pick<ResourceServerRepository, 'find'>,
    private readonly clients: Pick<ClientRepository, 'find'>,
    private readonly notices: ChangeNotices,
  ) {}

  /** Calls `ended` at most once, also when they ended just before this was called. The function that comes back ends the watch. */
  watch(used: UsedCredentials, ended: () => void): () => void {
    const one: Watched = { ...used, kind: isResourceServerId(used.callerId) ? 'resource_servers' : 'clients', ended };
    this.watched.add(one);
    this.listen();
    void this.look([one]);
    return () => void this.watched.delete(one);
  }

  private listen(): void {
    if (this.subscribed) return;
    this.subscribed = true;
    for (const kind of ['clients', 'resource_servers'] as const) {
      this.notices.subscribe(kind, {
        changed: (key) => void this.look(this.of(kind).filter(({ callerId }) => key === '' || key === callerId)),
        lost: () => this.lookNowAndThen(true),
        resumed: () => {
          this.lookNowAndThen(false);
          void this.look(this.of(kind));
        },
      });
    }
  }

  private lookNowAndThen(deaf: boolean): void {
    clearInterval(this.looking);
    this.looking = deaf ? setInterval(() => void this.look([...this.watched]), lookEvery).unref() : undefined;
  }

  private of(kind: NoticeKind): Watched[] {
    return [...this.watched].filter((one) => one.kind === kind);
  }

  /** Each holder is asked for once, however many streams it has. */
  private async look(those: readonly Watched[]): Promise<void> {
    for (const callerId of new Set(those.map((one) => one.callerId))) {
      const alive = await this.secretsOf(callerId).catch(() => null);
      if (alive === null) continue;
      for (const one of those) {
        if (one.callerId === callerId && !alive.has(one.secretId) && this.watched.delete(one)) one.ended();
      }
    }
  }

  private async secretsOf(callerId: string): Promise<ReadonlySet<string> | null> {
    if (isResourceServerId(callerId)) return new Set((await this.servers.find(callerId))?.secrets.map(({ id }) => id));
    // That a client was disabled or removed the log tells, and its reader is told that before the end.
    const client = await this.clients.find(callerId);
    return client && new Set(client.secrets.map(({ id }) => id));
  }
}
