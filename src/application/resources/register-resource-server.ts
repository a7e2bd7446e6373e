import { InvalidInput } from '../../domain/errors.js';
import { newResourceServerId, type ResourceServer, type ResourceServerSettings, usualAlgorithm } from '../../domain/resources/resource-server.js';
import { identifierProblems, resourceServerProblems } from '../../domain/resources/resource-server-rules.js';
import type { ScopeCatalogue } from '../../domain/scope.js';
import type { Actor } from '../clients/actor.js';
import type { Clock } from '../ports/clock.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';
import { mintFirstSecret } from '../secrets/mint-secret.js';
import type { ResourceDirectory } from './resource-directory.js';
import { scopeTaken, tidiedSettings } from './resource-server-settings.js';

/** What is left out takes its default: opaque tokens, no scopes, ES256. */
export interface NewResourceServer {
  readonly actor: Actor;
  readonly identifier: string;
  readonly settings: { readonly [Field in keyof ResourceServerSettings]?: ResourceServerSettings[Field] | undefined };
}

export interface RegisteredResourceServer {
  readonly server: ResourceServer;
  /** The first secret in full, this once. */
  readonly secret: string;
}

/** Registers an API that takes tokens of this server. Throws `InvalidInput` with every problem at its field. */
export class RegisterResourceServer {
  constructor(
    private readonly servers: ResourceServerRepository,
    private readonly directory: ResourceDirectory,
    private readonly catalogue: ScopeCatalogue,
    private readonly issuer: string,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, identifier: typed, settings: chosen }: NewResourceServer): Promise<RegisteredResourceServer> {
    const identifier = typed.trim();
    const { name = '', scopes = [], tokenFormat = 'opaque', signingAlgorithm = usualAlgorithm } = chosen;
    const settings = tidiedSettings({ name, scopes, tokenFormat, signingAlgorithm });
    const problems = [...identifierProblems(identifier, this.issuer), ...resourceServerProblems(settings, this.catalogue)];
    if (problems.length > 0) throw new InvalidInput(problems);

    const now = this.clock.now();
    const id = newResourceServerId();
    const { secret, plain } = mintFirstSecret('rs', { resourceServerId: id }, actor, now);
    const server: ResourceServer = { ...settings, id, identifier, createdAt: now, version: 1, secrets: [secret] };
    switch (await this.servers.add(server)) {
      case 'identifier_taken':
        throw new InvalidInput([{ field: 'identifier', message: 'is registered already' }]);
      case 'scope_taken':
        throw new InvalidInput([scopeTaken]);
      case 'added':
        this.directory.forget();
        return { server, secret: plain };
    }
  }
}
