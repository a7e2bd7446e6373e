import type { ChangeNotices } from '../application/ports/change-notices.js';
import type { ClientRepository } from '../application/ports/client-repository.js';
import type { Client } from '../domain/clients/client.js';

/** Milliseconds. Notices empty the cache at once; this bounds what a line that died without a word can hide. */
const longest = 1000;

/** More clients than are busy within a second. */
const mostKept = 10_000;

interface Kept {
  readonly client: Promise<Client | null>;
  readonly readAt: number;
}

/**
 * Clients as they are read on every token request: kept for a second at most, and dropped when any instance changes them. While notices are not heard nothing
 * is kept. A read that was begun before a change is dropped too: what is kept is the read, not its result.
 */
export class ClientCache {
  private readonly kept = new Map<string, Kept>();
  private hearing = false;
  private subscribed = false;

  constructor(
    private readonly stored: ClientRepository,
    private readonly notices: ChangeNotices,
  ) {}

  /** For the token endpoint and verification: `find` alone, from the cache. What it answers is shared and must not be changed. */
  readonly recent: Pick<ClientRepository, 'find'> = { find: (id) => this.find(id) };

  /** The repository itself; what this instance changes is dropped from the cache before the change is answered. */
  get clients(): ClientRepository {
    const { stored } = this;
    const dropping = async <Outcome>(id: string, change: Promise<Outcome>): Promise<Outcome> => change.finally(() => this.kept.delete(id));
    return {
      add: (client) => dropping(client.id, stored.add(client)),
      find: (id) => stored.find(id),
      update: (client) => dropping(client.id, stored.update(client)),
      setDisabled: (id, disabled, sparing) => dropping(id, stored.setDisabled(id, disabled, sparing)),
      disableWithOwner: (ownerId, at) => stored.disableWithOwner(ownerId, at).finally(() => this.kept.clear()),
      enableWithOwner: (ownerId) => stored.enableWithOwner(ownerId).finally(() => this.kept.clear()),
      remove: (id, at) => dropping(id, stored.remove(id, at)),
      revokeOwnTokens: (id, at) => dropping(id, stored.revokeOwnTokens(id, at)),
      list: (filter, page) => stored.list(filter, page),
      addSecret: (secret) => dropping(secret.clientId, stored.addSecret(secret)),
      removeSecret: (clientId, secretId) => dropping(clientId, stored.removeSecret(clientId, secretId)),
    };
  }

  private find(id: string): Promise<Client | null> {
    this.listen();
    if (!this.hearing) return this.stored.find(id);
    const now = performance.now();
    const known = this.kept.get(id);
    if (known && now - known.readAt < longest) return known.client;
    this.forgetIdle(now);
    if (this.kept.size >= mostKept) this.kept.clear();
    const read: Kept = { client: this.stored.find(id), readAt: now };
    this.kept.set(id, read);
    this.forgetWhenInVain(id, read);
    return read.client;
  }

  /** Those that nobody asked for since: what is known of their secrets goes with them. The oldest read comes first. */
  private forgetIdle(now: number): void {
    for (const [id, { readAt }] of this.kept) {
      if (now - readAt < longest) return;
      this.kept.delete(id);
    }
  }

  /** Neither a failure nor a client that is not there is kept: anybody can ask for any number of those. */
  private forgetWhenInVain(id: string, read: Kept): void {
    const forget = () => {
      if (this.kept.get(id) === read) this.kept.delete(id);
    };
    read.client.then((client) => client ?? forget(), forget);
  }

  /** On first use, so that a command that authenticates nobody opens no connection for notices. */
  private listen(): void {
    if (this.subscribed) return;
    this.subscribed = true;
    this.notices.subscribe('clients', {
      changed: (id) => (id === '' ? this.kept.clear() : this.kept.delete(id)),
      lost: () => {
        this.hearing = false;
        this.kept.clear();
      },
      resumed: () => {
        this.kept.clear();
        this.hearing = true;
      },
    });
  }
}
