import type { ResourceServer } from '../../domain/resources/resource-server.js';
import { KeptAnswer } from '../operations/kept-answer.js';
import type { ChangeNotices } from '../ports/change-notices.js';
import type { Clock } from '../ports/clock.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';

/**
 * Milliseconds for which what was read counts: while changes are heard, which drop it at once, as with clients (ADR 0024); and while they are not, for what
 * tokens are made of. Who a caller is, is then asked each time.
 */
const freshness = { hearing: 1000, deaf: 5000 };

type Servers = readonly ResourceServer[];

/** The registered resource servers, kept in memory: every token that is issued asks for them, and every introspection by one, and they hardly ever change. */
export class ResourceDirectory {
  private readonly known: KeptAnswer<Servers>;
  private hearing = false;
  private readonly foreign = new WeakMap<Servers, ReadonlyMap<string, ReadonlySet<string>>>();

  constructor(
    private readonly servers: ResourceServerRepository,
    private readonly notices: ChangeNotices,
    clock: Clock,
  ) {
    this.known = new KeptAnswer(
      () => servers.all(),
      () => clock.now().getTime(),
    );
  }

  /** From now on what any instance changes is heard. For a server; a command that does one thing needs no line of its own. */
  listen(): void {
    const heard = (hearing: boolean) => () => {
      this.hearing = hearing;
      this.forget();
    };
    this.notices.subscribe('resource_servers', { changed: () => this.forget(), lost: heard(false), resumed: heard(true) });
  }

  /** All of them, the oldest first. May throw `StorageUnavailable`. */
  all(): Promise<Servers> {
    return this.known.get(this.hearing ? freshness.hearing : freshness.deaf);
  }

  /** The one of that id with its secrets, as it is now; `null` when there is none. For whoever says that it is the one. May throw `StorageUnavailable`. */
  async find(id: string): Promise<ResourceServer | null> {
    if (!this.hearing) return this.servers.find(id);
    return (await this.all()).find((server) => server.id === id) ?? null;
  }

  /** The scopes that mean nothing to this one, because they belong to others. */
  async scopesOfOthers(id: string): Promise<ReadonlySet<string>> {
    const servers = await this.all();
    const known = this.foreign.get(servers) ?? new Map(servers.map((one) => [one.id, scopesBut(one, servers)]));
    this.foreign.set(servers, known);
    return known.get(id) ?? new Set();
  }

  /** To be called after a change. */
  forget(): void {
    this.known.forget();
  }
}

function scopesBut(one: ResourceServer, servers: Servers): ReadonlySet<string> {
  return new Set(servers.filter((other) => other !== one).flatMap(({ scopes }) => scopes.map(({ name }) => name)));
}
