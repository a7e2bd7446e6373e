import { InvalidInput, NotFound, Outdated } from '../../domain/errors.js';
import type { ResourceServer, ResourceServerSettings } from '../../domain/resources/resource-server.js';
import { resourceServerProblems } from '../../domain/resources/resource-server-rules.js';
import type { ScopeCatalogue } from '../../domain/scope.js';
import type { Actor } from '../clients/actor.js';
import { againstTheNewest } from '../operations/against-the-newest.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';
import type { ResourceDirectory } from './resource-directory.js';
import { scopeTaken, tidiedSettings } from './resource-server-settings.js';

export interface ResourceServerEdit {
  readonly actor: Actor;
  readonly id: string;
  /** What changes; the rest stays. A list replaces the whole list. */
  readonly changes: { readonly [Field in keyof ResourceServerSettings]?: ResourceServerSettings[Field] | undefined };
  /** The version that the changes were made up from. Left out: whatever it is now. */
  readonly version?: number | undefined;
}

/**
 * Changes the settings of a resource server, all of them checked again, against what they are at the moment of the change. Tokens that were issued stay
 * what they are. Throws `NotFound`, `InvalidInput` with every problem at its field, or `Outdated` when it is no longer at the version named; then nothing
 * changed.
 */
export class EditResourceServer {
  constructor(
    private readonly servers: ResourceServerRepository,
    private readonly directory: ResourceDirectory,
    private readonly catalogue: ScopeCatalogue,
  ) {}

  execute(edit: ResourceServerEdit): Promise<ResourceServer> {
    return againstTheNewest('resource server', () => this.attempt(edit));
  }

  /** `null`: somebody else's edit came between. */
  private async attempt({ id, changes, version }: ResourceServerEdit): Promise<ResourceServer | null> {
    const server = await this.servers.find(id);
    if (!server) throw new NotFound('resource server');
    if (version !== undefined && server.version !== version) throw new Outdated('resource server');
    const { name = server.name, scopes = server.scopes, tokenFormat = server.tokenFormat, signingAlgorithm = server.signingAlgorithm } = changes;
    const settings = tidiedSettings({ name, scopes, tokenFormat, signingAlgorithm });
    const problems = resourceServerProblems(settings, this.catalogue);
    if (problems.length > 0) throw new InvalidInput(problems);

    const edited: ResourceServer = { ...server, ...settings };
    switch (await this.servers.update(edited)) {
      case 'unknown':
        throw new NotFound('resource server');
      case 'outdated':
        return null;
      case 'scope_taken':
        throw new InvalidInput([scopeTaken]);
      case 'updated':
        this.directory.forget();
        return { ...edited, version: edited.version + 1 };
    }
  }
}
