import { NotFound } from '../../domain/errors.js';
import type { Actor } from '../clients/actor.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';
import type { ResourceDirectory } from './resource-directory.js';

/**
 * Removes a resource server with its scopes and secrets: it can ask about tokens no more, and its name is an unregistered resource again. Tokens made
 * for it stay good until they expire or are revoked. Throws `NotFound`.
 */
export class RemoveResourceServer {
  constructor(
    private readonly servers: ResourceServerRepository,
    private readonly directory: ResourceDirectory,
  ) {}

  async execute({ id }: { readonly actor: Actor; readonly id: string }): Promise<void> {
    if (!(await this.servers.remove(id))) throw new NotFound('resource server');
    this.directory.forget();
  }
}
