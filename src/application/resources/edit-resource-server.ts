import { InvalidInput, NotFound } from '../../domain/errors.js';
import type { ResourceServer, ResourceServerSettings } from '../../domain/resources/resource-server.js';
import { resourceServerProblems } from '../../domain/resources/resource-server-rules.js';
import type { ScopeCatalogue } from '../../domain/scope.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';
import type { ResourceDirectory } from './resource-directory.js';
import { scopeTaken, tidiedSettings } from './resource-server-settings.js';

export interface ResourceServerEdit {
  readonly id: string;
  /** What changes; the rest stays. A list replaces the whole list. */
  readonly changes: { readonly [Field in keyof ResourceServerSettings]?: ResourceServerSettings[Field] | undefined };
}

/**
 * Changes the settings of a resource server, all of them checked again. Tokens that were issued stay what they are. Throws `NotFound`, or `InvalidInput`
 * with every problem at its field; then nothing changed.
 */
export class EditResourceServer {
  constructor(
    private readonly servers: ResourceServerRepository,
    private readonly directory: ResourceDirectory,
    private readonly catalogue: ScopeCatalogue,
  ) {}

  async execute({ id, changes }: ResourceServerEdit): Promise<ResourceServer> {
    const server = await this.servers.find(id);
    if (!server) throw new NotFound('resource server');
    const { name = server.name, scopes = server.scopes, tokenFormat = server.tokenFormat, signingAlgorithm = server.signingAlgorithm } = changes;
    const settings = tidiedSettings({ name, scopes, tokenFormat, signingAlgorithm });
    const problems = resourceServerProblems(settings, this.catalogue);
    if (problems.length > 0) throw new InvalidInput(problems);

    const edited: ResourceServer = { ...server, ...settings };
    switch (await this.servers.update(edited)) {
      case 'unknown':
        throw new NotFound('resource server');
      case 'scope_taken':
        throw new InvalidInput([scopeTaken]);
      case 'updated':
        this.directory.forget();
        return edited;
    }
  }
}
