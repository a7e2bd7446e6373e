import type { ScopeCatalogue } from '../../domain/scope.js';
import type { ResourceDirectory } from './resource-directory.js';

/** Every scope that a client may be given and a person asked about: this server's own, and those of the registered resource servers. */
export class KnownScopes {
  constructor(
    /** Those that are configured; a new client gets these when nobody chose. */
    readonly own: ScopeCatalogue,
    private readonly directory: ResourceDirectory,
  ) {}

  /** May throw `StorageUnavailable`. */
  async all(): Promise<ScopeCatalogue> {
    return [...this.own, ...(await this.directory.all()).flatMap(({ scopes }) => scopes)];
  }
}
