import { sameResource } from '../../domain/resources/resource.js';
import type { ResourceServer } from '../../domain/resources/resource-server.js';
import type { Clock } from '../ports/clock.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';

/** Milliseconds for which what was read counts; so much later another instance knows what was changed here. */
const freshness = 5000;

/**
 * The registered resource servers, kept in memory: every token that is issued asks for them, and they hardly ever change. The process that changes
 * one knows at once, others within five seconds.
 */
export class ResourceDirectory {
  private known: { readonly servers: Promise<readonly ResourceServer[]>; readonly at: number } | null = null;

  constructor(
    private readonly servers: ResourceServerRepository,
    private readonly clock: Clock,
  ) {}

  /** All of them, the oldest first. May throw `StorageUnavailable`. */
  all(): Promise<readonly ResourceServer[]> {
    const now = this.clock.now().getTime();
    if (this.known && Math.abs(now - this.known.at) < freshness) return this.known.servers;
    const servers = this.servers.all();
    const reading = { servers, at: now };
    this.known = reading;
    // A failure is not kept: the next call asks again.
    servers.catch(() => {
      if (this.known === reading) this.known = null;
    });
    return servers;
  }

  /** The one that a resource indicator names, if it is registered. */
  async named(resource: string): Promise<ResourceServer | null> {
    return (await this.all()).find(({ identifier }) => sameResource(identifier, resource)) ?? null;
  }

  /** To be called after a change. */
  forget(): void {
    this.known = null;
  }
}
